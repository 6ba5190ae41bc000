package dev.sparring.tensorboard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names figures for TensorBoard, which opens a section for each prefix before a tag's first slash,
 * so that figures to compare are shown together.
 *
 * <table>
 * <caption>Figures and tags</caption>
 * <tr><th>figure</th><th>tag</th></tr>
 * <tr><td>{@code grad_norm.discriminator.0.weight}</td>
 *     <td>{@code grad_norm/discriminator.0.weight}</td></tr>
 * <tr><td>{@code frechet_distance.pixels}</td><td>{@code frechet_distance/pixels}</td></tr>
 * <tr><td>{@code loss_d}, {@code loss_g}</td><td>{@code loss/d}, {@code loss/g}</td></tr>
 * <tr><td>{@code d_real}, {@code d_fake}</td><td>{@code d/real}, {@code d/fake}</td></tr>
 * <tr><td>{@code high_quality}</td><td>{@code high_quality}</td></tr>
 * </table>
 */
final class Tags {
  /** The picture of samples. */
  static final String SAMPLES = "samples";

  /** The ending of a figure that belongs to one side of a GAN. */
  private static final Pattern SIDE = Pattern.compile("_(d|g|real|fake)$");

  private Tags() {}

  /** The tag of a figure. */
  static String of(String figure) {
    return figure.contains(".")
        ? figure.replaceFirst("\\.", "/")
        : SIDE.matcher(figure).replaceFirst("/$1");
  }

  /** Figures by tag, in their order. */
  static Map<String, Double> of(Map<String, Double> figures) {
    Map<String, Double> tagged = new LinkedHashMap<>();
    figures.forEach((figure, value) -> tagged.put(of(figure), value));
    return tagged;
  }
}
