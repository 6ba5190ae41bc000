package dev.sparring.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.recipe.Problem;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShownTest {
  @Test
  void leavesPlainTextAsItIs() {
    for (String text : new String[] {"", "a b", "bilder/üß", "写真", "😀", "C:\\data", "it's"}) {
      assertSame(text, Shown.line(text));
      assertEquals("'" + text + "'", Shown.quoted(text));
    }
  }

  @Test
  void escapesWhatSteersATerminalOrHides() {
    assertEquals(
        "\\u001b[2J\\u0007\\u0000\\u007f\\u009b", Shown.line("\u001b[2J\u0007\0\u007f\u009b"));
    assertEquals("a\\nb\\r\\tc", Shown.line("a\nb\r\tc"));
    assertEquals(
        "\\u202e\\u2066\\u200f\\u061c\\u200b\\ufeff\\u00ad",
        Shown.line("\u202e\u2066\u200f\u061c\u200b\ufeff\u00ad"));
    assertEquals("\\u2028\\u2029\\ufffe\\uffff", Shown.line("\u2028\u2029\ufffe\uffff"));
    assertEquals("\\ud83da", Shown.line("\ud83da"));
    assertEquals("\\U000e0001\\U0001fffe", Shown.line("\udb40\udc01\ud83f\udffe"));
  }

  @Test
  void shortensLongValuesAndSaysTheirLength() {
    assertEquals("'" + "x".repeat(100) + "'", Shown.quoted("x".repeat(100)));
    assertEquals(
        "'" + "x".repeat(87) + "...xxxxxxxxxy' (5001 characters)",
        Shown.quoted("x".repeat(5000) + "y"));
    assertEquals("x".repeat(87) + "...xxxxxxxxxx", Shown.value("x".repeat(101)));
  }

  @Test
  void doesNotCutACharacterInTwo() {
    for (int before = 0; before < 4; before++) {
      String shown = Shown.value("x".repeat(before) + "😀".repeat(100));
      assertTrue(shown.contains("...😀"), shown);
      assertTrue(shown.chars().noneMatch(c -> c == '\\'), shown);
    }
  }

  @Test
  void showsEachLineOfAMessage() {
    assertEquals("a\\u0007\nb", Shown.lines("a\u0007\nb"));
  }

  @Test
  void makesAnyTextALineThatIsNotTooLong() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      int[] characters =
          random.ints(random.nextInt(9000), 0, random.nextBoolean() ? 256 : 65536).toArray();
      StringBuilder text = new StringBuilder();
      for (int c : characters) {
        text.append((char) c);
      }
      String line = new Problem("generator", text.toString()).toString();
      assertTrue(line.length() <= 6 * 4000, () -> "length " + line.length());
      assertTrue(
          line.chars()
              .noneMatch(
                  c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT),
          line);
    }
  }
}
