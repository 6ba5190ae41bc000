package dev.sparring.lint;

import dev.sparring.init.Initializer;
import dev.sparring.layer.Activation;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LinearMap;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.setting.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Layers of one kind, before the same activation and under the same norm, whose weights are drawn
 * in different ways. A note: it may be what an experiment is about. What gives a reason is not
 * counted: another activation after it or another norm, the last weight of a network, a weight of
 * one value, as at the end of residual branches.
 */
final class SameKindSameInit implements Lint {
  /** What layers have to share to be drawn alike. */
  private record Alike(String kind, String activation, Object norm) {}

  @Override
  public List<Warning> look(GamePlan plan) {
    Map<Alike, List<PlannedLayer>> groups = new LinkedHashMap<>();
    Rows.networks(plan)
        .forEach(
            network -> {
              List<PlannedLayer> weighted = network.weighted().toList();
              PlannedLayer last = weighted.isEmpty() ? null : weighted.get(weighted.size() - 1);
              for (List<PlannedLayer> row : Rows.of(network)) {
                for (int i = 0; i < row.size(); i++) {
                  PlannedLayer layer = row.get(i);
                  if (!layer.equals(last) && isDrawn(layer)) {
                    groups.computeIfAbsent(alike(row, i), k -> new ArrayList<>()).add(layer);
                  }
                }
              }
            });
    return groups.entrySet().stream()
        .flatMap(group -> check(group.getKey(), group.getValue()).stream())
        .toList();
  }

  private static boolean isDrawn(PlannedLayer layer) {
    return layer.layer() instanceof LinearMap
        && layer.weight().isPresent()
        && layer.norm().initializer() == null
        && initializer(layer).everywhere().isEmpty();
  }

  private static Initializer initializer(PlannedLayer layer) {
    return layer.weight().orElseThrow().initializer();
  }

  private static Alike alike(List<PlannedLayer> row, int index) {
    Activation behind = Rows.activationBehind(row, index).orElse(null);
    PlannedLayer layer = row.get(index);
    String activation =
        behind == null
            ? Rows.behind(row, index).map(Layer::word).orElse("")
            : String.valueOf(behind.gain());
    return new Alike(Layer.word(layer.layer()), activation, layer.norm());
  }

  private static List<Warning> check(Alike alike, List<PlannedLayer> layers) {
    Map<Initializer, List<PlannedLayer>> ways =
        layers.stream()
            .collect(
                Collectors.groupingBy(
                    SameKindSameInit::initializer, LinkedHashMap::new, Collectors.toList()));
    if (ways.size() < 2) {
      return List.of();
    }
    Map.Entry<Initializer, List<PlannedLayer>> usual =
        ways.entrySet().stream()
            .max(Comparator.comparingInt(way -> way.getValue().size()))
            .orElseThrow();
    List<PlannedLayer> others = new ArrayList<>(layers);
    others.removeAll(usual.getValue());
    return List.of(
        Warning.note(
            Rows.places(others),
            "drawn by "
                + name(initializer(others.get(0)), usual.getKey())
                + ", "
                + alike.kind()
                + " layers at "
                + usual.getValue().get(0).place()
                + " before the same activation by "
                + name(usual.getKey(), initializer(others.get(0))),
            "one rule for layers that do the same, as in DCGAN, arXiv:1511.06434, section 4",
            "one init for both networks, or initByKind"));
  }

  /** Its word, with its settings where the other has the same word. */
  private static String name(Initializer initializer, Initializer other) {
    String name = Settings.word(initializer);
    if (!initializer.getClass().equals(other.getClass())) {
      return name;
    }
    String record = initializer.toString();
    return name + record.substring(Math.max(0, record.indexOf('[')));
  }
}
