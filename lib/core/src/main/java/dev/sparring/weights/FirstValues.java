package dev.sparring.weights;

import dev.sparring.safetensors.Safetensors;
import dev.sparring.safetensors.SafetensorsException;
import dev.sparring.setting.Shown;
import dev.sparring.tensor.Precision;
import java.util.List;

/** Checks that numbers can be weights to begin with. */
final class FirstValues {
  private static final String VARIANCE = "running_var";

  private final Safetensors file;
  private final Precision precision;

  FirstValues(Safetensors file, Precision precision) {
    this.file = file;
    this.precision = precision;
  }

  /**
   * Checks a tensor.
   *
   * @param path the weight that it becomes
   */
  void check(String name, String path) {
    boolean isVariance = TorchNames.local(path).equals(VARIANCE);
    double[] values = file.doubles(name);
    for (int i = 0; i < values.length; i++) {
      double v = values[i];
      if (!Double.isFinite(v)) {
        throw wrong(name, "has " + v, i, "; first weights must be finite");
      }
      if (precision.isSingle() && Float.isInfinite((float) v)) {
        throw wrong(name, "has " + v, i, ", more than single precision can hold");
      }
      if (isVariance && v < 0) {
        throw wrong(name, "has " + v, i, "; a variance must be >= 0");
      }
    }
  }

  private SafetensorsException wrong(String name, String what, int index, String why) {
    List<Integer> dims = file.shape(name).dims();
    int[] place = new int[dims.size()];
    int rest = index;
    for (int i = dims.size() - 1; i >= 0; i--) {
      place[i] = rest % dims.get(i);
      rest /= dims.get(i);
    }
    return new SafetensorsException(
        file.file()
            + ": "
            + Shown.quoted(name)
            + " "
            + what
            + " at "
            + java.util.Arrays.toString(place)
            + why);
  }
}
