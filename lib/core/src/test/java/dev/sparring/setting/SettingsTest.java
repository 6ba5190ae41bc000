package dev.sparring.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SettingsTest {
  private record Shop(int tills, long seed, @Nullable Double rate, CharSequence name) {
    Shop {
      if (tills == 13) {
        throw new IllegalStateException("13 brings no luck");
      }
      Require.atLeast("tills", tills, 1);
    }
  }

  private static final Shop SHOP = new Shop(2, 3, 0.5, "a");

  @Test
  void changesOneComponent() {
    assertEquals(new Shop(7, 3, 0.5, "a"), Settings.with(SHOP, "tills", 7));
    assertEquals(new Shop(2, 7, 0.5, "a"), Settings.with(SHOP, "seed", 7L));
    assertEquals(new Shop(2, 3, null, "a"), Settings.with(SHOP, "rate", null));
    assertEquals(new Shop(2, 3, 0.5, "b"), Settings.with(SHOP, "name", "b"));
    assertEquals(new Shop(2, 3, 0.5, "a"), SHOP);
  }

  @Test
  void theConstructorsExceptionsComeOutAsTheyAre() {
    refused("tills must be >= 1, got 0", () -> Settings.with(SHOP, "tills", 0));
    assertEquals(
        "13 brings no luck",
        assertThrows(IllegalStateException.class, () -> Settings.with(SHOP, "tills", 13))
            .getMessage());
  }

  @Test
  void whatDoesNotFitIsNamed() {
    refused(
        "Shop has no component 'till', it has tills, seed, rate, name",
        () -> Settings.with(SHOP, "till", 1));
    refused("Shop.tills must be int, got null", () -> Settings.with(SHOP, "tills", null));
    refused("Shop.tills must be int, got Long 1", () -> Settings.with(SHOP, "tills", 1L));
    refused("Shop.rate must be Double, got String x", () -> Settings.with(SHOP, "rate", "x"));
  }

  private static void refused(String message, Executable change) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, change).getMessage());
  }
}
