package own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.conformance.WordKit;
import dev.sparring.data.DataException;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each word by the kit. */
class WordsTest {
  @TestFactory
  Stream<DynamicTest> sinc() {
    return WordKit.initializer(Sinc.sinc());
  }

  @TestFactory
  Stream<DynamicTest> centered() {
    return WordKit.norm(new Centered());
  }

  @TestFactory
  Stream<DynamicTest> cosine() {
    return WordKit.layer(new Cosine(3), Shape.of(4));
  }

  @TestFactory
  Stream<DynamicTest> drift() {
    return WordKit.term(new Drift(0.1));
  }

  @TestFactory
  Stream<DynamicTest> track() {
    return WordKit.data(new Track("track.csv", 10));
  }

  @Test
  void aLineThatIsNoPointIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.csv"), "8.5,47.3\n8.6\n");
    Track track = new Track(file.toString(), 10);
    DataException refused =
        assertThrows(DataException.class, () -> track.open(new Seed(1), line -> {}));
    assertTrue(refused.getMessage().startsWith(file + ": line 2 is not"), refused.getMessage());
  }

  @Test
  void aTrackIsInKilometres(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("two.csv"), "0,-1\n0,1\n");
    float[] first = new float[2];
    new Track(file.toString(), 111.2).open(new Seed(1), line -> {}).read(0, first, 0);
    assertEquals(0, first[0], 1e-6);
    assertEquals(-1, first[1], 1e-6);
  }
}
