package dev.sparring.train;

import dev.sparring.recipe.RetryChange;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Group;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the state of the first process in the place of every process's, so that only the first reads
 * a checkpoint or first weights.
 */
final class SharedState {
  private static final String STEP = "step";
  private static final String SECONDS = "seconds";
  private static final String UPDATES = "updates";
  private static final String RETRY = "retry";

  private SharedState() {}

  /** Waits for all processes; returns the progress of the first. */
  static Progress share(Training training, Group group) {
    Engine engine = training.engine();
    boolean isFirst = group.rank() == 0;
    String told = group.gather(engine, isFirst ? text(training.progress()) : "").get(0);
    for (Map<String, Tensor> tensors : training.tensors().values()) {
      List<Tensor> own = List.copyOf(tensors.values());
      if (!own.isEmpty()) {
        engine.scope(() -> share(engine, group, own));
      }
    }
    return progress(told);
  }

  private static void share(Engine engine, Group group, List<Tensor> own) {
    // Minus zero changes no number that it is added to, zeros of both signs included.
    List<Tensor> given =
        group.rank() == 0 ? own : own.stream().map(t -> engine.full(-0.0, t.shape())).toList();
    List<Tensor> sums = group.sum(given);
    for (int i = 0; i < own.size(); i++) {
      own.get(i).assign(sums.get(i));
    }
  }

  /** Lines of words, of which the last of a line may have spaces. */
  static String text(Progress progress) {
    List<String> lines = new ArrayList<>();
    lines.add(STEP + " " + progress.step());
    lines.add(SECONDS + " " + progress.seconds());
    progress.sortedUpdates().forEach((name, n) -> lines.add(UPDATES + " " + n + " " + name));
    for (Retry retry : progress.retries()) {
      String reason = retry.reason().replace('\n', ' ');
      lines.add(
          RETRY
              + " "
              + retry.diverged()
              + " "
              + retry.from()
              + " "
              + retry.change()
              + " "
              + reason);
    }
    return String.join("\n", lines);
  }

  static Progress progress(String text) {
    long step = 0;
    double seconds = 0;
    Map<String, Long> updates = new LinkedHashMap<>();
    List<Retry> retries = new ArrayList<>();
    for (String line : text.split("\n")) {
      String[] words = line.split(" ", 5);
      switch (words[0]) {
        case STEP -> step = Long.parseLong(words[1]);
        case SECONDS -> seconds = Double.parseDouble(words[1]);
        case UPDATES -> updates.put(line.split(" ", 3)[2], Long.parseLong(words[1]));
        case RETRY ->
            retries.add(
                new Retry(
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    RetryChange.valueOf(words[3]),
                    words[4]));
        default -> throw new IllegalStateException("an unknown line of progress: " + line);
      }
    }
    return new Progress(step, seconds, updates, retries);
  }
}
