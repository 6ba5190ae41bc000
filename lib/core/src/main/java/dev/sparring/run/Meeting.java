package dev.sparring.run;

import dev.sparring.file.Json;
import dev.sparring.file.LockHolder;
import dev.sparring.tensor.Group;
import dev.sparring.train.Processes;
import dev.sparring.train.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the processes of a group tell each other before they train together.
 *
 * @param processes for {@link Training#join}
 * @param differences a line for each process that computes otherwise than the first, e.g. on
 *     another processor: its copy of the weights may drift by rounding
 */
public record Meeting(Processes processes, List<String> differences) {
  private static final String HOST = "host";
  private static final String SAME = "same";

  /** Copies the list. */
  public Meeting {
    differences = List.copyOf(differences);
  }

  /**
   * Waits for all processes, and compares them.
   *
   * @param training of this process
   * @param group that its engine has joined
   * @param same what has to be equal in all beside the version, the engine, the precision and the
   *     data, by name: e.g. the SHA-256 of the recipe's text
   * @throws RunException in one line, if a process is to train something else than the first
   */
  public static Meeting of(Training training, Group group, Map<String, String> same) {
    if (group.size() == 1) {
      return new Meeting(Processes.ALONE, List.of());
    }
    Circumstances own = Circumstances.of(training.engine());
    Map<String, Object> facts = new LinkedHashMap<>();
    own.describe(facts);
    facts.put(HOST, LockHolder.thisHost());
    facts.put(SAME, wanted(training, own, same));
    List<Map<String, Object>> all =
        group.gather(training.engine(), text(facts)).stream().map(Meeting::read).toList();
    List<String> hosts = all.stream().map(p -> String.valueOf(p.get(HOST))).toList();
    Map<String, Object> first = all.get(0);
    for (int r = 1; r < all.size(); r++) {
      requireSame(first, all.get(r), "process " + r + " on " + hosts.get(r));
    }
    List<String> differences = new ArrayList<>();
    Circumstances ofFirst = Circumstances.read(first);
    for (int r = 1; r < all.size(); r++) {
      List<String> changes =
          ofFirst.changes(Circumstances.read(all.get(r))).stream()
              .map(c -> c.name() + " " + c.after() + " instead of " + c.before())
              .toList();
      if (!changes.isEmpty()) {
        differences.add(
            "process "
                + r
                + " on "
                + hosts.get(r)
                + " computes otherwise than process 0, so its copy of the weights may drift from the"
                + " others' by rounding: "
                + String.join(", ", changes));
      }
    }
    return new Meeting(new Processes(group, hosts), differences);
  }

  private static Map<String, String> wanted(
      Training training, Circumstances own, Map<String, String> same) {
    Map<String, String> all = new TreeMap<>(same);
    for (String name : List.of("sparring", "engine", "engineVersion", "precision", "portable")) {
      all.put(name, String.valueOf(own.facts().get(name)));
    }
    all.put("data", training.data().fingerprint());
    return all;
  }

  private static void requireSame(
      Map<String, Object> first, Map<String, Object> other, String who) {
    Map<String, Object> wanted = new TreeMap<>(Circumstances.object(first.get(SAME)));
    Map<String, Object> found = Circumstances.object(other.get(SAME));
    for (Map.Entry<String, Object> fact : wanted.entrySet()) {
      Object value = found.get(fact.getKey());
      if (!fact.getValue().equals(value)) {
        throw new RunException(
            who
                + ": has another "
                + fact.getKey()
                + " than process 0 ("
                + value
                + ", not "
                + fact.getValue()
                + "); start all processes with the same");
      }
    }
  }

  private static String text(Map<String, Object> facts) {
    try {
      return new String(Json.compact(facts), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> read(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
