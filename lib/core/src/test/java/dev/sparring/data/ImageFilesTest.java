package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.file.Json;
import dev.sparring.random.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Pillow: golden/images.py writes the pictures and what Pillow reads of them. */
class ImageFilesTest {
  private static final int SIZE = 12;

  @TempDir Path folder;

  static Path picture(String name) {
    URL url = Objects.requireNonNull(ImageFilesTest.class.getResource("images/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, Object> expected() throws IOException {
    try (InputStream in = ImageFilesTest.class.getResourceAsStream("images/pixels.json")) {
      return Json.read(Objects.requireNonNull(in).readAllBytes());
    }
  }

  static Stream<String> names() throws IOException {
    return expected().keySet().stream().sorted();
  }

  private int[] read(String name, List<String> log) throws IOException {
    Files.copy(picture(name), folder.resolve(name));
    DataSet data = ImageFolder.imageFolder(folder.toString(), SIZE).open(new Seed(1), log::add);
    assertEquals(1, data.size());
    float[] values = new float[3 * SIZE * SIZE];
    data.read(0, values, 0);
    int[] bytes = new int[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Math.round((values[i] + 1) * 127.5f);
    }
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("names")
  void pixelsAreThoseOfPillow(String name) throws IOException {
    byte[] pillow = HexFormat.of().parseHex(String.valueOf(expected().get(name)));
    int[] wanted = new int[pillow.length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = pillow[i] & 0xFF;
    }
    assertArrayEquals(wanted, read(name, new ArrayList<>()));
  }

  private void said(String name, String note) throws IOException {
    List<String> log = new ArrayList<>();
    read(name, log);
    assertEquals(List.of(folder + ": 1 images, e.g. " + name + ", " + note), log);
    Files.delete(folder.resolve(name));
  }

  @Test
  void whatIsIgnoredIsSaid() throws IOException {
    String turned =
        "have an EXIF orientation, which is ignored: they are read as they are stored, turned or"
            + " mirrored (PIL.ImageOps.exif_transpose would apply it)";
    said("turned.jpg", turned);
    said("turned.png", turned);
    String stray =
        "have stray bytes between their segments or before their end marker, which are left out";
    said("stray-at-end.jpg", stray);
    said("stray-in-header.jpg", stray);
    List<String> log = new ArrayList<>();
    read("display-p3.jpg", log);
    assertEquals(List.of(), log);
  }
}
