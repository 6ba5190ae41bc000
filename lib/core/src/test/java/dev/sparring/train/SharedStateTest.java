package dev.sparring.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.recipe.RetryChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedStateTest {
  @Test
  void progressIsReadBack() {
    Progress progress =
        new Progress(
            41,
            12.75,
            Map.of("generator", 40L, "discriminator back", 81L),
            List.of(
                new Retry(35, 30, RetryChange.SEED, "loss_d is NaN, first in 2 layers"),
                new Retry(39, 36, RetryChange.RATES, "")));
    assertEquals(progress, SharedState.progress(SharedState.text(progress)));
    Progress none = new Progress(0, 0, Map.of());
    assertEquals(none, SharedState.progress(SharedState.text(none)));
  }
}
