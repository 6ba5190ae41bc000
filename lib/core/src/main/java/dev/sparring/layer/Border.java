package dev.sparring.layer;

/**
 * The border of a convolution along one dimension: zeros added to its input, or rows that a
 * transposed convolution crops from its output.
 *
 * @param front at the top or left
 * @param back at the bottom or right
 */
public record Border(int front, int back) {
  /** The same on both sides. */
  static Border even(int each) {
    return new Border(each, each);
  }

  /** Half on each side; an odd one goes to the back. */
  static Border halved(int total) {
    return new Border(total / 2, total - total / 2);
  }
}
