package dev.sparring.image;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures side by side, each under lines of text. Small pictures are enlarged by whole factors, so
 * that their pixels stay sharp; more than four come in several rows.
 */
public final class LabelledPictures {
  private static final int MOST_IN_A_ROW = 4;

  /** The least width of a picture, if enlarging gets it there: room for a label. */
  private static final int WIDTH = 256;

  private static final int MARGIN = 8;
  private static final int SCALE = 2;
  private static final int LINE = Canvas.textHeight(SCALE) + 6;
  private static final int PAPER = 0xFFFFFF;
  private static final int INK = 0x1C2024;

  /** What stands for the beginning of a line that is too long: its end tells runs apart. */
  private static final String CUT = "..";

  private LabelledPictures() {}

  /**
   * A picture with lines above it.
   *
   * @param lines texts; small letters, digits and some signs are drawn, others as a question mark
   */
  public record Labelled(BufferedImage picture, List<String> lines) {
    /** Copies the lines. */
    public Labelled {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Draws them.
   *
   * @param pictures at least one, all with the same number of lines
   */
  public static BufferedImage sideBySide(List<Labelled> pictures) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("expected at least one picture");
    }
    int widest = pictures.stream().mapToInt(p -> p.picture().getWidth()).max().orElse(1);
    int target = Math.max(WIDTH, widest);
    List<Placed> placed = new ArrayList<>();
    for (Labelled picture : pictures) {
      placed.add(new Placed(picture, Math.max(1, target / picture.picture().getWidth())));
    }
    int columns =
        pictures.size() <= MOST_IN_A_ROW
            ? pictures.size()
            : (int) Math.ceil(Math.sqrt(pictures.size()));
    int cell = Math.max(target, placed.stream().mapToInt(Placed::width).max().orElse(1));
    int text = LINE * pictures.get(0).lines().size();
    int tallest = placed.stream().mapToInt(Placed::height).max().orElse(1);
    int row = text + tallest + MARGIN;
    int rows = (pictures.size() + columns - 1) / columns;
    Canvas canvas = new Canvas(columns * (cell + MARGIN) + MARGIN, rows * row + MARGIN, PAPER);
    for (int i = 0; i < placed.size(); i++) {
      int left = MARGIN + i % columns * (cell + MARGIN);
      int top = MARGIN + i / columns * row;
      List<String> lines = pictures.get(i).lines();
      for (int k = 0; k < lines.size(); k++) {
        canvas.text(left, top + k * LINE, fitting(lines.get(k), cell), SCALE, INK);
      }
      placed.get(i).draw(canvas, left, top + text);
    }
    return canvas.picture;
  }

  /** The end of a line that is too long. */
  private static String fitting(String line, int width) {
    String text = Canvas.drawable(line);
    if (Canvas.textWidth(text, SCALE) <= width) {
      return text;
    }
    int begin = 0;
    while (begin < text.length() && Canvas.textWidth(CUT + text.substring(begin), SCALE) > width) {
      begin++;
    }
    return CUT + text.substring(begin);
  }

  /** A picture, enlarged by a factor. */
  private record Placed(Labelled labelled, int factor) {
    int width() {
      return labelled.picture().getWidth() * factor;
    }

    int height() {
      return labelled.picture().getHeight() * factor;
    }

    void draw(Canvas canvas, int left, int top) {
      BufferedImage picture = labelled.picture();
      for (int y = 0; y < picture.getHeight(); y++) {
        for (int x = 0; x < picture.getWidth(); x++) {
          int rgb = picture.getRGB(x, y) & 0xFFFFFF;
          canvas.rectangle(left + x * factor, top + y * factor, factor, factor, rgb);
        }
      }
    }
  }
}
