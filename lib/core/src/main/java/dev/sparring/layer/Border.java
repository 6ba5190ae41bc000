package dev.sparring.layer;

/**
 * What lies around a convolution's image along one dimension: zeros around its input, or what a
 * transposed one cuts off its output.
 *
 * @param front at the top or left
 * @param back at the bottom or right
 */
public record Border(int front, int back) {
  /** The same on both sides. */
  static Border even(int each) {
    return new Border(each, each);
  }

  /** Half of it on each side, the odd one behind. */
  static Border halved(int total) {
    return new Border(total / 2, total - total / 2);
  }
}
