package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.random.Seed;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  private Path save(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.copy(ImageFilesTest.picture("gamma.png"), file);
  }

  private ImageFolder images() {
    return ImageFolder.imageFolder(folder.toString(), 2);
  }

  private DataSet open() {
    log.clear();
    return images().open(new Seed(1), log::add);
  }

  private String failure(ImageFolder data) {
    return assertThrows(DataException.class, () -> data.open(new Seed(1), log::add)).getMessage();
  }

  private static int[] labels(DataSet data) {
    return IntStream.range(0, data.size()).map(i -> data.label(i).orElse(-1)).toArray();
  }

  private String said(String note) {
    return folder + ": " + note;
  }

  @Test
  void linksToFoldersAboveAreLeftOut() throws IOException {
    save("a/1.png");
    Files.createSymbolicLink(folder.resolve("a/up"), folder);
    Files.createSymbolicLink(folder.resolve("a/self"), folder.resolve("a"));
    assertEquals(1, open().size());
    assertEquals(List.of(said("left out 2 links to a folder above them, e.g. a/self")), log);
  }

  @Test
  void linksToOtherFoldersAndFilesAreFollowed() throws IOException {
    save("b/1.png");
    Files.createSymbolicLink(folder.resolve("a"), folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("b/2.png"), folder.resolve("b/1.png"));
    DataSet data = open();
    assertEquals("a/2.png", data.name(1));
    assertArrayEquals(new int[] {0, 0, 1, 1}, labels(data));
  }

  /** Each of twenty folders leads to the next one twice: a million ways to the last. */
  @Test
  void manyWaysThroughLinksAreRefused() throws IOException {
    for (int i = 0; i < 20; i++) {
      Path level = Files.createDirectory(folder.resolve("level" + i));
      for (String name : List.of("a", "b")) {
        Files.createSymbolicLink(level.resolve(name), folder.resolve("level" + (i + 1)));
      }
    }
    save("level20/1.png");
    String message = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> failure(images()));
    assertTrue(message.endsWith("links lead to this folder in more than 1000 ways"), message);
  }

  @Test
  void linksToNothingAndPipesAreBrokenImages() throws Exception {
    save("a.png");
    Files.createSymbolicLink(folder.resolve("b.png"), folder.resolve("none"));
    assertEquals(
        folder + "/b.png: is a link to nothing (onBroken: skip would leave it out)",
        failure(images()));
    pipe("c.jpg");
    DataSet data =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> images().onBroken(BrokenImages.SKIP).open(new Seed(1), log::add));
    assertEquals(1, data.size());
    assertEquals(
        List.of(
            "skipped " + folder + "/b.png: is a link to nothing",
            "skipped "
                + folder
                + "/c.jpg: is a pipe, a socket or a device, expected a regular file"),
        log);
  }

  private String pipe(String name) throws Exception {
    Path pipe = folder.resolve(name);
    try {
      assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "there is no mkfifo");
    }
    return pipe.toString();
  }

  /** Java would wait for a writer for ever. */
  @Test
  void pipesFoldersAndDevicesAreNoData() throws Exception {
    String pipe = pipe("pipe");
    String problem = ": is a pipe, a socket or a device, expected a regular file";
    String file = save("x").toString();
    for (Data data : List.of(Idx.idx(pipe), Npy.npy(pipe), Csv.csv(pipe), new Idx(file, pipe))) {
      String message =
          assertTimeoutPreemptively(
              Duration.ofSeconds(20),
              () ->
                  assertThrows(DataException.class, () -> data.open(new Seed(1), l -> {}))
                      .getMessage());
      if (message.contains("pipe")) {
        assertEquals(pipe + problem, message);
      }
    }
    Path place = folder.resolve("place");
    Files.createDirectory(place);
    for (Data data : List.of(Idx.idx(place.toString()), Csv.csv(place.toString()))) {
      assertEquals(
          place + ": is a folder, expected a file",
          assertThrows(DataException.class, () -> data.open(new Seed(1), l -> {})).getMessage());
    }
    assertEquals(
        "/dev/zero" + problem,
        assertThrows(DataException.class, () -> Idx.idx("/dev/zero").sampleShape()).getMessage());
    assertEquals(
        "a\\0b: no file has a name with the character NUL",
        assertThrows(DataException.class, () -> Idx.idx("a\0b").sampleShape()).getMessage());
    assertEquals(file + ": is no folder", failure(ImageFolder.imageFolder(file, 2)));
  }

  @Test
  void emptyClassesTwinsAndLooseFilesAreSaid() throws IOException {
    save("Cat/1.png");
    save("cat/1.png");
    save("cat/1.PNG");
    Files.createDirectories(folder.resolve("bird/young"));
    Files.createDirectories(folder.resolve(".hidden"));
    assumeTrue(
        java.util.Objects.requireNonNull(folder.toFile().list()).length == 4,
        "capitals do not count here");
    assertArrayEquals(new int[] {0, 1, 1}, labels(open()));
    assertEquals(
        List.of(
            said(
                "sub-folders without an image are no classes, and labels are counted without"
                    + " them: bird"),
            said(
                "the sub-folders Cat and cat are two classes, their names differ only in"
                    + " capitals"),
            said(
                "1 images have the name of another one but for its ending, e.g. cat/1.PNG and"
                    + " cat/1.png; each is a sample")),
        log);
    save("loose.png");
    assertTrue(open().label(0).isEmpty());
    assertEquals(
        said("images have no labels: loose.png lies in no sub-folder, though 3 others do"),
        log.get(0));
  }

  @Test
  void foldersThatMayNotBeReadAreNamed() throws IOException {
    save("a/1.png");
    File closed = Files.createDirectory(folder.resolve("closed")).toFile();
    assumeTrue(closed.setReadable(false) && closed.list() == null, "root may read everything");
    assertEquals(folder + "/closed: cannot be listed: permission denied", failure(images()));
    assertTrue(closed.setReadable(true));
  }

  /** Run by {@link #namesAreUtf8InEveryLocale}: prints names and labels of a folder. */
  static final class Listing {
    public static void main(String[] arguments) {
      // A text of ASCII only, since the locale decides how it is written.
      String root = InputFile.decoded(arguments[0]);
      DataSet data = ImageFolder.imageFolder(root, 2).open(new Seed(1), line -> {});
      for (int i = 0; i < data.size(); i++) {
        String name = data.name(i);
        System.out.println(
            name.chars().mapToObj(Integer::toHexString).toList() + " " + data.label(i));
      }
      System.out.println(data.fingerprint());
      try {
        Idx.idx(root + "/\u043d\u0435\u0442").sampleShape();
      } catch (DataException e) {
        System.out.println(e.getMessage().endsWith("/\u043d\u0435\u0442: no such file"));
      }
    }
  }

  private String listing(String locale, String root) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Listing.class.getName(),
                root)
            .redirectErrorStream(true);
    java.environment().keySet().removeIf(key -> key.startsWith("LC_") || key.equals("LANG"));
    if (!locale.isEmpty()) {
      java.environment().put("LC_ALL", locale);
    }
    Process process = java.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return text;
  }

  @Test
  void namesAreUtf8InEveryLocale() throws Exception {
    assumeTrue(File.separatorChar == '/', "Windows has names of UTF-16");
    String root = InputFile.rawOf(folder) + "/%D0%B4";
    List<String> names =
        List.of("%D1%80/%D0%B0.png", "%D1%80/%D0%B1.png", "%D1%81/%3F.png", "z/1.png");
    for (String name : names) {
      Path file = Path.of(java.net.URI.create("file://" + root + "/" + name));
      Files.createDirectories(file.getParent());
      Files.copy(ImageFilesTest.picture("gamma.png"), file);
    }
    String expected = listing("C.UTF-8", root);
    assertTrue(
        expected.startsWith(
            """
            [7a, 2f, 31, 2e, 70, 6e, 67] OptionalInt[0]
            [440, 2f, 430, 2e, 70, 6e, 67] OptionalInt[1]
            [440, 2f, 431, 2e, 70, 6e, 67] OptionalInt[1]
            [441, 2f, 3f, 2e, 70, 6e, 67] OptionalInt[2]
            """),
        expected);
    assertTrue(expected.endsWith("\ntrue\n"), expected);
    assertEquals(expected, listing("C", root));
    assertEquals(expected, listing("", root));
  }

  @Test
  void namesThatAreNoUtf8MayNotBeTakenForOthers() throws IOException {
    assumeTrue(File.separatorChar == '/', "Windows has names of UTF-16");
    String root = "file://" + InputFile.rawOf(folder);
    for (String name : List.of("%E9", "%E8")) {
      Path place = Path.of(java.net.URI.create(root + "/" + name));
      try {
        Files.createDirectory(place);
      } catch (IOException e) {
        assumeTrue(false, "this file system has names of UTF-8 only");
      }
      Files.copy(ImageFilesTest.picture("gamma.png"), place.resolve(name + ".png"));
      if (name.equals("%E9")) {
        assertEquals(1, open().size());
      }
    }
    String message = failure(images());
    assertTrue(
        message.startsWith(
            folder + "/\uFFFD: two files or folders have this name, which is not in UTF-8; "),
        message);
    assertFalse(message.contains("\n"));
  }
}
