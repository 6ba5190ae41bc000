package dev.sparring.weights;

import dev.sparring.setting.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names of PyTorch's modules as layers of ours call them, and what in its files is no weight.
 *
 * <ul>
 *   <li>{@code num_batches_tracked} counts the steps of a batch normalization; nothing here reads
 *       it.
 *   <li>Spectral normalization keeps the raw weight as {@code weight_orig}, or since PyTorch 1.9 as
 *       {@code parametrizations.weight.original}, and its singular vectors beside it. The vectors
 *       are left out: they are estimated anew.
 *   <li>Weight normalization keeps a direction, {@code weight_v} or {@code
 *       parametrizations.weight.original1}, which is the weight of ours, and lengths, {@code
 *       weight_g} or {@code original0}.
 * </ul>
 */
final class TorchNames {
  private static final String COUNTER = "num_batches_tracked";
  private static final String DIRECTION = "weight_v";
  private static final String LENGTHS = "weight_g";
  private static final String RAW = "weight_orig";

  private static final Map<String, String> ENDS =
      Map.of(
          ".parametrizations.weight.original", ".weight",
          ".parametrizations.weight.original0", "." + LENGTHS,
          ".parametrizations.weight.original1", ".weight");

  private static final List<String> VECTORS =
      List.of(".parametrizations.weight.0._u", ".parametrizations.weight.0._v");

  private TorchNames() {}

  /**
   * Names as ours end, each with its name in the file.
   *
   * @param names of a file
   * @param targets weights of the recipe, whose names stay as they are
   * @param leftOut takes what is no weight
   * @throws IllegalArgumentException if two are one weight
   */
  static Map<String, String> weights(
      Set<String> names, Set<String> targets, Map<String, String> leftOut) {
    Map<String, String> own = new LinkedHashMap<>();
    for (String name : names) {
      boolean isTarget = targets.contains(name);
      Optional<String> reason = isTarget ? Optional.empty() : noWeight(name, names);
      if (reason.isPresent()) {
        leftOut.put(name, reason.get());
        continue;
      }
      String other = own.put(isTarget ? name : own(name, names), name);
      if (other != null) {
        throw new IllegalArgumentException(
            Shown.quoted(other) + " and " + Shown.quoted(name) + " are one weight");
      }
    }
    return own;
  }

  private static Optional<String> noWeight(String name, Set<String> names) {
    String local = local(name);
    String beside = name.substring(0, name.length() - local.length());
    if (local.equals(COUNTER)) {
      return Optional.of("counters of batches");
    }
    boolean isVector =
        names.contains(beside + RAW) && (local.equals("weight_u") || local.equals(DIRECTION));
    return isVector || VECTORS.stream().anyMatch(name::endsWith)
        ? Optional.of("singular vectors")
        : Optional.empty();
  }

  private static String own(String name, Set<String> names) {
    for (Map.Entry<String, String> end : ENDS.entrySet()) {
      if (name.endsWith(end.getKey())) {
        return name.substring(0, name.length() - end.getKey().length()) + end.getValue();
      }
    }
    String local = local(name);
    String beside = name.substring(0, name.length() - local.length());
    boolean isRaw =
        local.equals(RAW) || (local.equals(DIRECTION) && names.contains(beside + LENGTHS));
    return isRaw ? beside + "weight" : name;
  }

  /** The last part of a name, such as weight. */
  static String local(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The path of the module, without a dot at its end; empty if there is none. */
  static String module(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /**
   * The names without the part that all begin with; empty if there is none, or a name would have
   * fewer than two parts then.
   */
  static Optional<Integer> commonStart(List<String> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    int dot = names.get(0).indexOf('.');
    String start = names.get(0).substring(0, dot + 1);
    boolean isCommon =
        dot >= 0
            && names.stream().allMatch(n -> n.startsWith(start) && n.indexOf('.', dot + 1) > 0);
    return isCommon ? Optional.of(dot + 1) : Optional.empty();
  }

  /** Every way to cut what all names begin with, the whole names first. */
  static List<Integer> cuts(List<String> names) {
    List<Integer> cuts = new ArrayList<>(List.of(0));
    Optional<Integer> next = commonStart(names);
    while (next.isPresent()) {
      int cut = cuts.get(cuts.size() - 1) + next.get();
      cuts.add(cut);
      next = commonStart(names.stream().map(n -> n.substring(cut)).toList());
    }
    return cuts;
  }
}
