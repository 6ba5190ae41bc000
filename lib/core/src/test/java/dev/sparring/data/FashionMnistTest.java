package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";
  private static final int[] PIXELS = new int[28 * 28];

  static {
    Arrays.setAll(PIXELS, i -> i % 256);
  }

  private static final byte[] IMAGE_FILE = IdxTest.idx(0x803, new int[] {1, 28, 28}, PIXELS);
  private static final byte[] LABEL_FILE = IdxTest.idx(0x801, new int[] {1}, 4);

  @TempDir Path folder;

  private HttpServer server;
  private URI base;
  private final Map<String, byte[]> served = new HashMap<>();
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = served.get(exchange.getRequestURI().getPath().substring(1));
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          if (body != null) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    base = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    served.put(IMAGES + ".gz", IdxTest.gzip(IMAGE_FILE));
    served.put(LABELS + ".gz", IdxTest.gzip(LABEL_FILE));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Fingerprint.sha256().digest(bytes));
  }

  private Path cache() {
    return folder.resolve("cache").resolve("deep");
  }

  private FashionFiles files(URI... servers) {
    return new FashionFiles(
        List.of(folder.resolve("none")),
        cache(),
        List.of(servers),
        Map.of(IMAGES, sha256(IMAGE_FILE), LABELS, sha256(LABEL_FILE)));
  }

  private String failure(URI... servers) {
    return assertThrows(
            DataException.class, () -> FashionMnist.fashionMnist().open(files(servers), log::add))
        .getMessage();
  }

  private String prefix() {
    return "Fashion-MNIST was not found; tried "
        + folder.resolve("none")
        + " (no such folder); "
        + cache()
        + " (no such folder); ";
  }

  private List<String> cached() throws IOException {
    try (var all = Files.list(cache())) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void downloadsOnceAndThenReadsTheCache() throws IOException {
    DataSet data = FashionMnist.fashionMnist().open(files(base), log::add);
    float[] pixels = new float[28 * 28];
    data.read(0, pixels, 0);
    assertEquals((float) (200 / 127.5 - 1), pixels[200]);
    assertEquals(4, data.label(0).getAsInt());
    assertEquals(List.of(IMAGES + ".gz", LABELS + ".gz"), cached());
    assertEquals(
        "downloading " + base + IMAGES + ".gz to " + cache().resolve(IMAGES + ".gz"), log.get(0));
    server.stop(0);
    log.clear();
    assertEquals(
        data.fingerprint(), FashionMnist.fashionMnist().open(files(base), log::add).fingerprint());
    assertTrue(log.isEmpty());
  }

  @Test
  void theNextServerIsAskedWhenOneFails() throws IOException {
    FashionMnist.fashionMnist().open(files(base.resolve("/gone/"), base), log::add);
    assertEquals(List.of(IMAGES + ".gz", LABELS + ".gz"), cached());
  }

  @Test
  void everythingTriedIsNamed() {
    URI gone = base.resolve("/gone/");
    served.put(IMAGES + ".gz", IMAGE_FILE.clone());
    served.get(IMAGES + ".gz")[100]++;
    assertEquals(
        prefix()
            + gone
            + IMAGES
            + ".gz (HTTP status 404); "
            + base
            + IMAGES
            + ".gz (contents have SHA-256 "
            + sha256(served.get(IMAGES + ".gz"))
            + ", expected "
            + sha256(IMAGE_FILE)
            + ")",
        failure(gone, base));
  }

  @Test
  void whatWasNotRightIsNotKept() throws IOException {
    byte[] whole = served.get(IMAGES + ".gz");
    served.put(IMAGES + ".gz", Arrays.copyOf(whole, whole.length - 20));
    assertEquals(
        prefix() + base + IMAGES + ".gz (truncated after " + (whole.length - 20) + " bytes)",
        failure(base));
    assertEquals(List.of(), cached());
  }

  @Test
  void aConnectionThatEndsEarlyIsNamed() throws IOException {
    byte[] whole = served.get(IMAGES + ".gz");
    server.createContext(
        "/short/",
        exchange -> {
          exchange.sendResponseHeaders(200, whole.length);
          exchange.getResponseBody().write(whole, 0, 50);
          exchange.getResponseBody().flush();
          throw new IOException("gone");
        });
    String message = failure(base.resolve("/short/"));
    assertTrue(message.startsWith(prefix() + base + "short/" + IMAGES + ".gz ("), message);
    assertTrue(message.contains("50"), message);
    assertEquals(List.of(), cached());
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() throws IOException {
    server.createContext(
        "/slow/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
        });
    Path target = folder.resolve("x");
    Download slow = new Download(base.resolve("/slow/x"), "", Duration.ofSeconds(1));
    assertEquals(
        "nothing arrived for 1 s",
        assertThrows(IOException.class, () -> slow.to(target, log::add)).getMessage());
    assertFalse(Files.exists(target));
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    server.stop(0);
    assertEquals(prefix() + base + IMAGES + ".gz (no connection)", failure(base));
  }

  @Test
  void aGivenFolderIsTheOnlyPlace() throws IOException {
    FashionMnist given = FashionMnist.fashionMnist().folder(folder.toString());
    Files.write(folder.resolve(IMAGES), IMAGE_FILE);
    assertEquals(
        "Fashion-MNIST was not found; tried "
            + folder
            + " (has no train-labels-idx1-ubyte, plain or .gz)",
        assertThrows(DataException.class, () -> given.open(new Seed(1), log::add)).getMessage());
    Files.write(folder.resolve(LABELS + ".gz"), IdxTest.gzip(LABEL_FILE));
    assertEquals(1, given.open(new Seed(1), log::add).size());
    Files.write(folder.resolve(IMAGES), IdxTest.idx(0x803, new int[] {1, 1, 2}, 3, 4));
    assertEquals(
        folder.resolve(IMAGES) + ": has images of (1, 1, 2), expected (1, 28, 28)",
        assertThrows(DataException.class, () -> given.open(new Seed(1), log::add)).getMessage());
  }

  @Test
  void theCacheIsWhereTheSystemWantsIt() {
    Path home = Path.of(System.getProperty("user.home"), ".cache", "sparring", "fashion-mnist");
    assertEquals(home, FashionFiles.standard(null, Map.of()).cache());
    assertEquals(home, FashionFiles.standard(null, Map.of("XDG_CACHE_HOME", "relative")).cache());
    assertEquals(
        folder.resolve("sparring").resolve("fashion-mnist"),
        FashionFiles.standard(null, Map.of("XDG_CACHE_HOME", folder.toString())).cache());
  }

  @Test
  void theDebianPackageIsTheDataWhoseChecksumsWeExpect() throws IOException {
    Path debian = Path.of("/usr/share/datasets/fashion-mnist");
    assumeTrue(Files.isDirectory(debian), "package dataset-fashion-mnist is not installed");
    for (var expected : FashionFiles.standard(null, Map.of()).checksums().entrySet()) {
      try (var in =
          IdxFile.unpacked(Files.newInputStream(debian.resolve(expected.getKey() + ".gz")))) {
        assertEquals(expected.getValue(), sha256(in.readAllBytes()), expected.getKey());
      }
    }
    DataSet data = FashionMnist.fashionMnist().split(Split.TEST).open(new Seed(1), log::add);
    assertEquals(10_000, data.size());
    assertEquals(Shape.of(1, 28, 28), data.sampleShape());
    int[] counts = new int[10];
    for (int i = 0; i < data.size(); i++) {
      counts[data.label(i).getAsInt()]++;
    }
    Arrays.stream(counts).forEach(count -> assertEquals(1000, count));
    assertEquals(9, data.label(0).getAsInt(), "an ankle boot");
  }
}
