package dev.sparring.image;

import dev.sparring.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures as animated GIF files, which are played again and again.
 *
 * <p>A GIF has 256 colours a picture. Pictures with no more, such as all grey ones, are exact;
 * others are quantised, each by itself.
 */
public final class Gif {
  private static final int COLOURS = 256;
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  private Gif() {}

  /**
   * Writes an animation, replacing the file if there is one. The file is written atomically.
   *
   * @param frames pictures of one size, at least one
   * @param delay how long each is shown, in milliseconds: a multiple of 10, of 20 or more, since
   *     the format counts hundredths of a second and viewers slow shorter ones down
   * @param file in a folder that exists
   * @throws IOException if the folder cannot be written to
   */
  public static void write(List<BufferedImage> frames, int delay, Path file) throws IOException {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("an animation needs a picture");
    }
    for (BufferedImage frame : frames) {
      if (frame.getWidth() != frames.get(0).getWidth()
          || frame.getHeight() != frames.get(0).getHeight()) {
        throw new IllegalArgumentException("the pictures of an animation must be of one size");
      }
    }
    if (delay < 20 || delay % 10 != 0 || delay > 60_000) {
      throw new IllegalArgumentException(
          "delay must be a multiple of 10 milliseconds from 20 to 60000, got " + delay);
    }
    AtomicFile.write(file, out -> write(frames, delay, out));
  }

  private static void write(List<BufferedImage> frames, int delay, OutputStream out)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (MemoryCacheImageOutputStream buffered = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(buffered);
      writer.prepareWriteSequence(null);
      for (BufferedImage frame : frames) {
        BufferedImage own = indexed(frame);
        IIOMetadata settings =
            writer.getDefaultImageMetadata(
                new ImageTypeSpecifier(own), writer.getDefaultWriteParam());
        animate(settings, delay);
        writer.writeToSequence(new IIOImage(own, null, settings), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }

  /** The picture with its own palette, if it has few enough colours; else itself. */
  private static BufferedImage indexed(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    int[] palette = Arrays.stream(pixels).map(rgb -> rgb & 0xFFFFFF).distinct().sorted().toArray();
    if (palette.length > COLOURS) {
      return picture;
    }
    // All 256 entries, so that the pixels have 8 bits as the writer expects them.
    int[] colours = Arrays.copyOf(palette, COLOURS);
    BufferedImage indexed =
        new BufferedImage(
            width,
            height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, COLOURS, colours, 0, false, -1, DataBuffer.TYPE_BYTE));
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = Arrays.binarySearch(palette, pixels[y * width + x] & 0xFFFFFF);
      }
      indexed.getRaster().setSamples(0, y, width, 1, 0, row);
    }
    return indexed;
  }

  private static void animate(IIOMetadata settings, int delay) throws IOException {
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(delay / 10));
    control.setAttribute("transparentColorIndex", "0");
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    // Sub-block 1: how often it is played, as two bytes; 0 is without end.
    loop.setUserObject(new byte[] {1, 0, 0});
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(loop);
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(control);
    root.appendChild(extensions);
    settings.mergeTree(FORMAT, root);
  }
}
