package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.recipe.KeepBest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BestCheckpointTest {
  private static BestCheckpoint heard(KeepBest wanted) {
    BestCheckpoint best = new BestCheckpoint(wanted);
    best.hear(10, Map.of("fid", 5.0));
    best.hear(20, Map.of("fid", 3.0, "loss_d", 0.0));
    best.hear(25, Map.of("fid", 1.0));
    best.hear(30, Map.of("fid", 3.0));
    best.hear(40, Map.of("fid", Double.NaN));
    best.hear(50, Map.of("fid", Double.NEGATIVE_INFINITY));
    best.hear(60, Map.of("loss_d", 0.0));
    best.hear(70, Map.of("fid", 7.0));
    return best;
  }

  @Test
  void theLowestOrHighestFigureOfACheckpointIsBest() {
    List<Long> steps = List.of(10L, 20L, 30L, 40L, 50L, 60L, 70L);
    KeepBest fid = KeepBest.keepBest("fid");
    assertEquals(Optional.of(Map.entry(20L, 3.0)), heard(fid).of(steps));
    assertEquals(
        Optional.of(Map.entry(70L, 7.0)), heard(fid.order(KeepBest.Order.HIGHEST)).of(steps));
    assertEquals(Optional.empty(), heard(fid).of(List.of(40L, 50L, 60L)));
    assertEquals(Optional.empty(), heard(null).of(steps));
  }
}
