package dev.sparring.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that look at a training, each kind in the order of adding: listeners hear of it, gauges
 * measure it, detectors read its figures.
 */
final class Watchers {
  private final Training training;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private final List<Gauge> gauges = new ArrayList<>();
  private final List<Detector> detectors = new ArrayList<>();

  Watchers(Training training) {
    this.training = training;
  }

  void add(TrainingListener listener) {
    listeners.add(listener);
  }

  void add(Gauge gauge) {
    gauges.add(gauge);
  }

  void add(Detector detector) {
    detectors.add(detector);
  }

  /** What detectors notice of a step; listeners are not told. */
  List<Finding> hear(Step step) {
    return detectors.stream()
        .flatMap(d -> d.hear(step).stream())
        .map(text -> new Finding(step.number(), text))
        .toList();
  }

  /** The figures of gauges. */
  List<String> figures() {
    return gauges.stream().flatMap(g -> g.figures().stream()).toList();
  }

  List<String> conditions() {
    return gauges.stream().map(Gauge::conditions).filter(c -> !c.isEmpty()).toList();
  }

  Map<String, String> comparedData() {
    Map<String, String> all = new TreeMap<>();
    gauges.forEach(g -> all.putAll(g.comparedData()));
    return all;
  }

  void started() {
    listeners.forEach(l -> l.started(training));
  }

  /** The gauges that are due at a step, which is about to be made and of which they are told. */
  List<Gauge> before(long step) {
    List<Gauge> due = gauges.stream().filter(g -> g.isDue(step)).toList();
    due.forEach(g -> g.before(training, step));
    return due;
  }

  /** Tells listeners of a step, and of what each detector notices of it. */
  void stepped(Step step) {
    listeners.forEach(l -> l.stepped(training, step));
    for (Detector detector : detectors) {
      for (String text : detector.hear(step)) {
        Finding finding = new Finding(step.number(), text);
        listeners.forEach(l -> l.found(training, finding));
      }
    }
  }

  void ended(Ending ending) {
    List<Runnable> calls = new ArrayList<>();
    listeners.forEach(l -> calls.add(() -> l.ended(training, ending)));
    gauges.forEach(g -> calls.add(g::ended));
    Endings.tell(calls, ending);
  }
}
