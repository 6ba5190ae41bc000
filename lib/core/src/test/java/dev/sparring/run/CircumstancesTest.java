package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircumstancesTest {
  private static Circumstances with(Map<String, Object> facts, Map<String, String> libraries) {
    return new Circumstances(facts, libraries);
  }

  @Test
  void everyFactThatDiffersIsALine() {
    Circumstances before =
        with(
            Map.of("engine", "torch", "precision", "float32", "portable", false, "cores", 2),
            Map.of("threads", "2", "glibc", "2.36", "env OMP_NUM_THREADS", "2"));
    Circumstances now =
        with(
            Map.of("engine", "nd4j", "precision", "float64", "portable", true, "cores", 64),
            Map.of("threads", "1", "glibc", "2.36", "env MKL_CBWR", "AVX2"));
    assertEquals(
        List.of(
            "engine: torch, now nd4j",
            "precision: float32, now float64",
            "portable: false, now true",
            "env MKL_CBWR: not set, now AVX2",
            "env OMP_NUM_THREADS: 2, now not set",
            "threads: 2, now 1"),
        before.differences(now));
    assertEquals(List.of(), before.differences(before));
  }

  @Test
  void whatOneOfTheTwoDidNotRecordIsNoDifference() {
    Circumstances older = with(Map.of("engine", "torch", "jdk", "17.0.1+12"), Map.of());
    Circumstances now =
        with(
            Map.of("engine", "torch", "jdk", "17.0.1+12, OpenJDK 64-Bit Server VM"),
            Map.of("threads", "2", "env OMP_NUM_THREADS", "2"));
    assertEquals(List.of(), older.differences(now));
    assertEquals(
        List.of("jdk: 17.0.1+12, now 25+36, OpenJDK"),
        older.differences(with(Map.of("jdk", "25+36, OpenJDK"), Map.of())));
  }

  @Test
  void variablesThatAPortableEngineDoesNotHearAreNoDifference() {
    Circumstances quiet = with(Map.of(), Map.of("threads", "1"));
    Circumstances loud = with(Map.of(), Map.of("threads", "1", "ignored OMP_NUM_THREADS", "8"));
    assertEquals(List.of(), quiet.differences(loud));
    assertEquals(List.of(), loud.differences(quiet));
  }

  @Test
  void eachProcessThatTrainedARunIsAPart(@TempDir Path folder) throws IOException {
    RunDirectory run = new RunDirectory(folder);
    assertEquals(List.of(), Circumstances.recorded(run));
    Files.writeString(
        run.provenance(),
        """
        {"engine": "torch", "steps": 90, "firstSteps": 50, "native": {"threads": "2"},
         "resumed": [{"step": 40, "steps": 90, "engine": "nd4j"}, {"step": 60, "engine": "torch"}]}
        """);
    List<Circumstances.Part> parts = Circumstances.recorded(run);
    assertEquals(List.of(0L, 40L, 60L), parts.stream().map(Circumstances.Part::from).toList());
    assertEquals(List.of(50L, 90L, 0L), parts.stream().map(Circumstances.Part::steps).toList());
    assertEquals("2", parts.get(0).circumstances().threads());
    assertEquals("", parts.get(1).circumstances().threads());
    assertEquals("nd4j", parts.get(1).circumstances().facts().get("engine"));
  }

  @Test
  void aLengthThatAnEarlierVersionOverwroteIsUnknown(@TempDir Path folder) throws IOException {
    RunDirectory run = new RunDirectory(folder);
    Files.writeString(run.provenance(), "{\"steps\": 90, \"resumed\": [{\"step\": 40}]}");
    assertEquals(0, Circumstances.recorded(run).get(0).steps());
    Files.writeString(run.provenance(), "{\"steps\": 90}");
    assertEquals(90, Circumstances.recorded(run).get(0).steps());
  }

  @Test
  void aDamagedRecordIsOneLine(@TempDir Path folder) throws IOException {
    RunDirectory run = new RunDirectory(folder);
    Files.writeString(run.provenance(), "{");
    RunException e = assertThrows(RunException.class, () -> Circumstances.recorded(run));
    assertTrue(String.valueOf(e.getMessage()).contains("run.json: is damaged: "), e::toString);
    assertEquals(1, String.valueOf(e.getMessage()).lines().count());
  }
}
