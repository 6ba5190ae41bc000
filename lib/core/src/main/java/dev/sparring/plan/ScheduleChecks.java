package dev.sparring.plan;

import dev.sparring.init.Initializer;
import dev.sparring.optim.Schedule;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.ScheduledNumber;
import dev.sparring.setting.SettingPath;
import dev.sparring.setting.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks whether each scheduled number is one that can change while a recipe trains. */
final class ScheduleChecks {
  /** The steps of a run that are tried: no more than these, evenly spread. */
  private static final int TRIED = 100;

  private static final List<String> SECTIONS =
      List.of("loss", "terms", "augment", "optimizer", "ema", "blocks");

  /** What of a network is used in its passes. */
  private static final List<String> USED = List.of("layers", "norm", "output");

  private static final List<String> NETWORKS = List.of("generator", "discriminator");

  private final GamePlan plan;
  private final Recipe recipe;
  private final List<Problem> problems = new ArrayList<>();

  ScheduleChecks(GamePlan plan) {
    this.plan = plan;
    recipe = plan.recipe();
  }

  List<Problem> problems() {
    List<ScheduledNumber> all = recipe.train().schedules();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      String setting = all.get(i).setting();
      Integer earlier = seen.putIfAbsent(setting, i);
      String problem =
          earlier == null
              ? problem(SettingPath.of(setting))
              : Shown.value(setting) + " has a schedule already, train.schedules." + earlier;
      if (problem != null) {
        problems.add(new Problem("train.schedules." + i, problem));
      }
    }
    if (problems.isEmpty()) {
      values();
    }
    return problems;
  }

  private @Nullable String problem(SettingPath path) {
    List<?> along;
    try {
      along = path.along(recipe);
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
    String name = Shown.value(path.toString());
    Object value = along.get(along.size() - 1);
    if (value instanceof Integer || value instanceof Long) {
      return name
          + " is a whole number: a size, a count or a seed stays as it is; what may change is a"
          + " weight, a rate, a probability or the like";
    }
    if (!(value instanceof Double)) {
      return name
          + (value == null ? " is not set, so there is nothing to begin with" : " is no number");
    }
    if (!mayChange(path.keys())) {
      return name
          + " stays as it is while a run trains; what may change are numbers of optimizer, loss,"
          + " terms, augment, ema, and of layers, norm and output of the networks";
    }
    return Stream.of(Initializer.class, Schedule.class)
        .filter(type -> along.stream().anyMatch(type::isInstance))
        .findFirst()
        .map(
            type ->
                name
                    + (type == Initializer.class
                        ? " only begins weights, before the first step"
                        : " is of a schedule itself; schedule the number that it changes"))
        .orElse(null);
  }

  private static boolean mayChange(List<String> keys) {
    return SECTIONS.contains(keys.get(0))
        || (NETWORKS.contains(keys.get(0)) && keys.size() > 1 && USED.contains(keys.get(1)));
  }

  /** Whether the records take all values, and the networks stay what they are. */
  private void values() {
    long steps = recipe.train().steps();
    Set<Long> tried = new LinkedHashSet<>();
    for (int i = 0; i <= TRIED; i++) {
      tried.add(1 + (steps - 1) * i / TRIED);
    }
    try {
      for (long step : tried) {
        GamePlan now = plan.at(step);
        if (!shape(now).equals(shape(plan))) {
          problems.add(
              new Problem(
                  "train.schedules",
                  "a number of layers decides parameters or states of a network, which stay as"
                      + " they are while a run trains: step "
                      + step
                      + " has others than step 1"));
          return;
        }
      }
    } catch (RecipeException e) {
      problems.addAll(e.problems());
    }
  }

  private static List<Object> shape(GamePlan plan) {
    List<Object> all = new ArrayList<>();
    for (NetworkPlan network : plan.networks()) {
      for (PlannedLayer layer : network.everyLayer()) {
        all.add(layer.path());
        all.add(layer.output());
        layer.parameters().forEach(p -> all.add(p.path() + " " + p.parameter().shape()));
        layer.states().forEach(s -> all.add(s.name() + " " + s.shape()));
        layer.normStates().forEach(s -> all.add(s.name() + " " + s.shape()));
      }
    }
    return all;
  }
}
