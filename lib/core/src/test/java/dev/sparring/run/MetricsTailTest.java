package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTailTest {
  @TempDir Path folder;
  RunDirectory run;

  @BeforeEach
  void here() {
    run = new RunDirectory(folder);
  }

  private MetricsTail of(String text) throws IOException {
    Files.writeString(run.metrics(), text);
    return MetricsTail.of(run);
  }

  @Test
  void hasTheLastNumberOfEachColumn() throws IOException {
    MetricsTail tail = of("step,seconds,a,b,c\n1,0.1,5,7,\n2,0.2,6,,\n");
    assertEquals(2, tail.step());
    assertEquals(Map.of("a", 6.0, "b", 7.0), tail.figures());
    assertEquals(true, tail.torn().isEmpty());
  }

  @Test
  void noFileAndNoRowsAreStepZero() throws IOException {
    assertEquals(0, MetricsTail.of(run).step());
    assertEquals(0, of("").step());
    assertEquals(0, of("step,sec").step());
    assertEquals(0, of("step,seconds,a\n").step());
  }

  @Test
  void aTornRowIsLeftOutAndSaid() throws IOException {
    MetricsTail tail = of("step,seconds,a\n1,0.1,5\n2,0.2");
    assertEquals(1, tail.step());
    assertEquals(run.metrics() + ": the last row is torn and left out", tail.torn().orElseThrow());
  }

  @Test
  void theMiddleOfALongFileIsNotRead() throws IOException {
    String row = "1,0.1,1.5\r\n";
    String text = "step,seconds,a\r\n" + "no row\n".repeat(100_000) + row.repeat(20_000);
    MetricsTail tail = of(text + "2,0.2,2.5\r\n");
    assertEquals(2, tail.step());
    assertEquals(Map.of("a", 2.5), tail.figures());
  }

  @Test
  void rowsLongerThanABlockAreRead() throws IOException {
    String names = IntStream.range(0, 40_000).mapToObj(i -> ",a" + i).collect(Collectors.joining());
    MetricsTail tail =
        of(
            "step,seconds"
                + names
                + "\n1,0.1"
                + ",1".repeat(40_000)
                + "\n2,1"
                + ",2.5".repeat(40_000)
                + "\n");
    assertEquals(2, tail.step());
  }

  @Test
  void damageIsRefusedInOneLine() throws IOException {
    String first = assertThrows(RunException.class, () -> of("loss\n1\n")).getMessage();
    assertEquals(run.metrics() + ": expected a first line 'step,seconds,...'", first);
    String row = assertThrows(RunException.class, () -> of("step,seconds,a\n1,0.1\n")).getMessage();
    assertEquals(run.metrics() + ": expected 3 numbers in a row, got '1,0.1'", row);
    String twice =
        assertThrows(RunException.class, () -> of("step,seconds,a,a\n1,0.1,2,3\n")).getMessage();
    assertEquals(
        run.metrics() + ": its first line has the column 'a' twice: which of them counts?", twice);
    String order =
        assertThrows(RunException.class, () -> of("step,seconds,a\n9,0.1,\n7,0.2,\n")).getMessage();
    assertEquals(run.metrics() + ": expected steps from 1 that grow, got 9 before 7", order);
    assertThrows(RunException.class, () -> of("step,seconds,a\n-1,0.1,2\n"));
    assertThrows(RunException.class, () -> of("step,seconds,a\n9223372036854775807,0.1,2\n"));
  }
}
