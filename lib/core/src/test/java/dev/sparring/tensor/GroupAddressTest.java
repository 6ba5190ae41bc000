package dev.sparring.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupAddressTest {
  private static final Map<String, String> TORCHRUN =
      Map.of("MASTER_ADDR", "node7", "MASTER_PORT", "29500", "RANK", "2", "WORLD_SIZE", "4");

  private static Map<String, String> with(Map<String, String> all, String name, String value) {
    Map<String, String> changed = new HashMap<>(all);
    changed.put(name, value);
    return changed;
  }

  @Test
  void launchersSayItInTheEnvironment() {
    GroupAddress address = GroupAddress.of(TORCHRUN);
    assertEquals(new GroupAddress("node7", 29500, 2, 4), address);
    assertEquals(Duration.ofMinutes(30), address.timeout());
    assertFalse(address.isStoreKept());
    assertTrue(
        GroupAddress.of(with(TORCHRUN, "TORCHELASTIC_USE_AGENT_STORE", "True")).isStoreKept());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node[07-09,12] | node07",
        "node7,node9 | node7",
        "gpu-a[3,5].cluster | gpu-a3.cluster",
        "login | login"
      })
  void slurmStandsIn(String list, String host) {
    Map<String, String> slurm =
        Map.of(
            "SLURM_PROCID", "1",
            "SLURM_NTASKS", "8",
            "SLURM_STEP_NUM_TASKS", "3",
            "SLURM_JOB_NODELIST", list,
            "SLURM_JOB_ID", "1234567");
    assertEquals(new GroupAddress(host, 19_567, 1, 3), GroupAddress.of(slurm));
    Map<String, String> both = new HashMap<>(slurm);
    both.putAll(TORCHRUN);
    assertEquals(new GroupAddress("node7", 29500, 2, 4), GroupAddress.of(both));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RANK | 4 | the number of this process must be 0 to 3, got 4",
        "RANK | x | RANK must be a number, got 'x'",
        "WORLD_SIZE | 0 | the number of processes must be 1 or more, got 0",
        "MASTER_PORT | 70000 | the port must be 1 to 65535, got 70000",
      })
  void whatIsWrongIsNamed(String name, String value, String message) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> GroupAddress.of(with(TORCHRUN, name, value)));
    assertEquals(message, e.getMessage());
  }

  @Test
  void whatIsMissingIsNamed() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> GroupAddress.of(Map.of("RANK", "0")));
    assertEquals(
        "MASTER_PORT is not set; a launcher sets MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE for"
            + " each process",
        e.getMessage());
  }
}
