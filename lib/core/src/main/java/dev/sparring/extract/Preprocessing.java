package dev.sparring.extract;

import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Converts samples, images (C, H, W) in [-1, 1], to the input of a network: another range, the
 * number of channels (gray repeated), the size (by TensorFlow 1's bilinear rule), and (x - mean) /
 * divisor for each channel, in this order.
 *
 * <p>Features can be compared only if all of this is the same, so figures are reported with the
 * {@link #description()}.
 *
 * @param name its name in the conditions of figures
 * @param range the range before mean and divisor
 * @param channels number of channels; empty leaves it unchanged
 * @param size height and width; empty leaves them unchanged
 * @param mean values that are subtracted: none, one, or one for each channel
 * @param divisor values to divide by after that; as many as means
 */
public record Preprocessing(
    String name,
    Range range,
    OptionalInt channels,
    OptionalInt size,
    List<Float> mean,
    List<Float> divisor) {

  /** The range of an image's values. */
  public enum Range {
    /** Values in [-1, 1], unchanged. */
    SIGNED("[-1, 1]") {
      @Override
      float apply(float x) {
        return x;
      }
    },
    /** (x + 1) / 2. */
    UNIT("[0, 1]") {
      @Override
      float apply(float x) {
        return (float) ((x + 1.0) / 2);
      }
    },
    /**
     * Whole numbers, as an image file would hold them: floor(255 u + 0.5) of u = (x + 1) / 2, and
     * at least 0, at most 255 (as StudioGAN quantizes).
     */
    BYTES("bytes 0 to 255 (floor(255 u + 0.5) of u = (x + 1) / 2, clipped)") {
      @Override
      float apply(float x) {
        return (float) Math.max(0, Math.min(255, Math.floor((x + 1.0) / 2 * 255 + 0.5)));
      }
    };

    private final String text;

    Range(String text) {
      this.text = text;
    }

    abstract float apply(float x);
  }

  /** Checks the numbers and copies the lists. */
  public Preprocessing {
    mean = List.copyOf(mean);
    divisor = List.copyOf(divisor);
    requirePositive(channels, "channels");
    requirePositive(size, "size");
    if (mean.size() != divisor.size()) {
      throw new IllegalArgumentException(
          "there must be as many means as divisors, got " + mean + " and " + divisor);
    }
    if (mean.size() > 1 && (channels.isEmpty() || channels.getAsInt() != mean.size())) {
      throw new IllegalArgumentException(
          "there must be one mean or one a channel, got "
              + mean.size()
              + " without as many"
              + " channels");
    }
    for (float d : divisor) {
      if (!(Math.abs(d) > 0)) {
        throw new IllegalArgumentException("a divisor must not be 0, got " + divisor);
      }
    }
  }

  private static void requirePositive(OptionalInt number, String what) {
    if (number.isPresent() && number.getAsInt() < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, got " + number.getAsInt());
    }
  }

  /**
   * The presets.
   *
   * <ul>
   *   <li>{@code inception2015}: the input of the published Inception network of 2015, whose
   *       features define the FID: bytes, 3 channels, 299 x 299 by TensorFlow 1's rule, (x - 128) /
   *       128 (torch-fidelity, {@code FeatureExtractorInceptionV3})
   *   <li>{@code bytes}: bytes and 3 channels, for networks that do the rest themselves, such as
   *       the published TorchScript file {@code inception-2015-12-05.pt}
   *   <li>{@code unit}: [0, 1] and nothing else
   *   <li>{@code signed}: samples as they are
   *   <li>{@code imagenet}: [0, 1], 3 channels, torchvision's mean (0.485, 0.456, 0.406) and
   *       deviation (0.229, 0.224, 0.225)
   *   <li>{@code dinov2}: bytes, 3 channels, 224 x 224 by TensorFlow 1's rule, 255 times the mean
   *       and the deviation of {@code imagenet} (torch-fidelity 0.4.0, {@code
   *       FeatureExtractorDinoV2}); DINOv2's own program crops and resizes bicubically, and its
   *       networks (Oquab et al., arXiv:2304.07193) do not come with this library
   * </ul>
   */
  public static List<Preprocessing> presets() {
    OptionalInt three = OptionalInt.of(3);
    OptionalInt any = OptionalInt.empty();
    return List.of(
        new Preprocessing(
            "inception2015", Range.BYTES, three, OptionalInt.of(299), List.of(128f), List.of(128f)),
        new Preprocessing("bytes", Range.BYTES, three, any, List.of(), List.of()),
        new Preprocessing("unit", Range.UNIT, any, any, List.of(), List.of()),
        new Preprocessing("signed", Range.SIGNED, any, any, List.of(), List.of()),
        new Preprocessing(
            "imagenet",
            Range.UNIT,
            three,
            any,
            List.of(0.485f, 0.456f, 0.406f),
            List.of(0.229f, 0.224f, 0.225f)),
        new Preprocessing(
            "dinov2",
            Range.BYTES,
            three,
            OptionalInt.of(224),
            List.of(123.675f, 116.28f, 103.53f),
            List.of(58.395f, 57.12f, 57.375f)));
  }

  /**
   * A preset by name, or with a size appended: {@code unit@64} resizes to 64 x 64.
   *
   * @throws IllegalArgumentException if there is no preset of that name, or it has a size of its
   *     own
   */
  public static Preprocessing named(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    Preprocessing preset =
        presets().stream()
            .filter(p -> p.name.equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no preprocessing '"
                            + text
                            + "'; there is "
                            + presets().stream()
                                .map(Preprocessing::name)
                                .collect(Collectors.joining(", "))
                            + ", and with a size e.g. unit@64"));
    if (at < 0) {
      return preset;
    }
    String size = text.substring(at + 1);
    if (!size.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(
          "preprocessing '" + text + "': the size must be 1 to 9999, got '" + size + "'");
    }
    return preset.resized(Integer.parseInt(size));
  }

  /**
   * The same with another size, which is appended to the name.
   *
   * @throws IllegalArgumentException if it has a size of its own
   */
  Preprocessing resized(int pixels) {
    if (size.isPresent()) {
      throw new IllegalArgumentException(
          "preprocessing '" + name + "' has its own size, " + size.getAsInt());
    }
    return new Preprocessing(
        name + "@" + pixels, range, channels, OptionalInt.of(pixels), mean, divisor);
  }

  /**
   * The shape of a preprocessed sample.
   *
   * @param sample its shape before
   * @throws IllegalArgumentException if it is no image, or its channels cannot be converted
   */
  public Shape output(Shape sample) {
    if (sample.rank() != 3) {
      throw new IllegalArgumentException(
          "preprocessing '" + name + "' takes images (C, H, W), got samples of shape " + sample);
    }
    int given = sample.dim(0);
    int wanted = channels.orElse(given);
    if (given != wanted && given != 1) {
      throw new IllegalArgumentException(
          "preprocessing '"
              + name
              + "' makes "
              + wanted
              + " channels of 1 or "
              + wanted
              + ", got samples of shape "
              + sample);
    }
    return Shape.of(wanted, size.orElse(sample.dim(1)), size.orElse(sample.dim(2)));
  }

  /**
   * Preprocesses some of many samples.
   *
   * @param samples (count, C, H, W) in row-major order
   * @param from the first sample
   * @param count number of samples
   * @param sample the shape of one
   * @return (count, {@link #output}), row-major
   */
  public float[] apply(float[] samples, int from, int count, Shape sample) {
    Shape output = output(sample);
    int given = sample.dim(0);
    int plane = sample.dim(1) * sample.dim(2);
    int newPlane = output.dim(1) * output.dim(2);
    boolean keep = output.dim(1) == sample.dim(1) && output.dim(2) == sample.dim(2);
    TensorFlowResize resize =
        new TensorFlowResize(sample.dim(1), sample.dim(2), output.dim(1), output.dim(2));
    float[] result = new float[Math.multiplyExact(count, output.elements())];
    float[] ranged = new float[plane];
    float[] resized = keep ? ranged : new float[newPlane];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < output.dim(0); c++) {
        if (c < given) { // else gray, which the previous channel has already computed
          int source = ((from + i) * given + c) * plane;
          for (int p = 0; p < plane; p++) {
            ranged[p] = range.apply(samples[source + p]);
          }
          if (!keep) {
            resize.apply(ranged, resized);
          }
        }
        normalize(resized, c, result, (i * output.dim(0) + c) * newPlane);
      }
    }
    return result;
  }

  private void normalize(float[] plane, int channel, float[] to, int offset) {
    if (mean.isEmpty()) {
      System.arraycopy(plane, 0, to, offset, plane.length);
      return;
    }
    float m = mean.get(mean.size() == 1 ? 0 : channel);
    float d = divisor.get(mean.size() == 1 ? 0 : channel);
    for (int p = 0; p < plane.length; p++) {
      to[offset + p] = (plane[p] - m) / d;
    }
  }

  /** All settings, in one line for the conditions of a figure. */
  public String description() {
    StringBuilder text = new StringBuilder(name).append(": ").append(range.text);
    channels.ifPresent(n -> text.append(", ").append(n).append(" channels"));
    size.ifPresent(
        n ->
            text.append(", ")
                .append(n)
                .append(" x ")
                .append(n)
                .append(" by TensorFlow 1's bilinear rule (corners not aligned, no half-pixel")
                .append(" centers)"));
    if (!mean.isEmpty()) {
      text.append(", (x - ").append(numbers(mean)).append(") / ").append(numbers(divisor));
    }
    return text.toString();
  }

  private static String numbers(List<Float> numbers) {
    String text =
        numbers.stream()
            .map(n -> n == Math.rint(n) ? String.valueOf(n.intValue()) : n.toString())
            .collect(Collectors.joining(", "));
    return numbers.size() == 1 ? text : "(" + text + ")";
  }
}
