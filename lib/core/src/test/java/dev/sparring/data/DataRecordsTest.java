package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.vocabulary.Vocabulary;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Properties of every data record: words, defaults, withers, limits. */
class DataRecordsTest {
  @Test
  void theDefaultsAreWhatIsDocumented() {
    assertEquals(new Digits(8), Digits.digits());
    assertEquals(new FashionMnist(Split.TRAIN, null), FashionMnist.fashionMnist());
    assertEquals(new Idx("a", null), Idx.idx("a"));
    assertEquals(
        new ImageFolder("a", 64, 3, true, BrokenImages.STOP), ImageFolder.imageFolder("a", 64));
    assertEquals(new Cifar10("a", Split.TRAIN), Cifar10.cifar10("a"));
    assertEquals(new Ring(8, 1, 0.01, 100_000), Ring.ring());
    assertEquals(new Grid(5, 2, 0.05, 100_000), Grid.grid());
    assertEquals(new Noise(3, 32, 16, 256), Noise.noise(3, 32, 16));
    assertEquals(new Npy("a", Layout.CHANNELS_FIRST, null, null), Npy.npy("a"));
    assertEquals(new Csv("a", List.of(), null, null, ",", List.of(), null), Csv.csv("a"));
  }

  @Test
  void theWithersChangeOneThing() {
    assertEquals(new Digits(16), Digits.digits().size(16));
    assertEquals(
        new FashionMnist(Split.TEST, "f"),
        FashionMnist.fashionMnist().split(Split.TEST).folder("f"));
    assertEquals(new Idx("b", "c"), Idx.idx("a").images("b").labels("c"));
    assertEquals(
        new ImageFolder("b", 32, 1, false, BrokenImages.SKIP),
        ImageFolder.imageFolder("a", 64)
            .folder("b")
            .size(32)
            .channels(1)
            .recursive(false)
            .onBroken(BrokenImages.SKIP));
    assertEquals(new Cifar10("b", Split.TEST), Cifar10.cifar10("a").folder("b").split(Split.TEST));
    assertEquals(new Ring(3, 2, 0.5, 7), Ring.ring().modes(3).radius(2).deviation(0.5).points(7));
    assertEquals(new Grid(3, 1, 0.5, 7), Grid.grid().side(3).spacing(1).deviation(0.5).points(7));
    assertEquals(new Noise(1, 2, 3, 4), Noise.noise(1, 2, 3).samples(4));
  }

  @Test
  void everyRecordHasAWordAndDefaultsWhoseParametersAreComponents() {
    List<Class<? extends Record>> all = Vocabulary.builtIn().words(Data.class);
    Set<String> words = new HashSet<>();
    for (Class<?> type : all) {
      Word word = type.getAnnotation(Word.class);
      assertNotNull(word, type.getName());
      words.add(word.value());
      List<Method> factories =
          Arrays.stream(type.getMethods())
              .filter(m -> m.isAnnotationPresent(Defaults.class))
              .toList();
      assertEquals(1, factories.size(), type.getName());
      List<String> components =
          Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
      Arrays.stream(factories.get(0).getParameters())
          .forEach(p -> assertTrue(components.contains(p.getName()), type + " " + p));
    }
    assertEquals(all.size(), words.size());
  }

  @Test
  void limitsAreNamed() {
    refused("size must be between 8 and 64, got 7", () -> new Digits(7));
    refused("folder must not be blank", () -> Cifar10.cifar10(" "));
    refused("folder must not be blank", () -> FashionMnist.fashionMnist().folder(""));
    refused("images must not be blank", () -> Idx.idx(""));
    refused("labels must not be blank", () -> Idx.idx("a").labels(""));
    refused("size must be between 1 and 4096, got 0", () -> ImageFolder.imageFolder("a", 0));
    refused("channels must be 1 or 3, got 4", () -> ImageFolder.imageFolder("a", 8).channels(4));
    refused("modes must be between 1 and 1000000, got 0", () -> Ring.ring().modes(0));
    refused("radius must be > 0, got -1.0", () -> Ring.ring().radius(-1));
    refused("radius must be > 0, got NaN", () -> Ring.ring().radius(Double.NaN));
    refused("radius must be finite, got Infinity", () -> Ring.ring().radius(1.0 / 0));
    refused("deviation must be > 0, got 0.0", () -> Ring.ring().deviation(0));
    refused("points must be between 1 and 100000000, got 0", () -> Ring.ring().points(0));
    refused("side must be between 1 and 1000, got 0", () -> Grid.grid().side(0));
    refused("spacing must be > 0, got 0.0", () -> Grid.grid().spacing(0));
    refused("path must not be blank", () -> Npy.npy(""));
    refused("labels must not be blank", () -> Npy.npy("a").labels(" "));
    refused("from must be < to, got 1.0 and 1.0", () -> ValueRange.range(1, 1));
    refused("to must be finite, got NaN", () -> ValueRange.range(1, Double.NaN));
    refused("file must not be blank", () -> Csv.csv(""));
    refused("columns must be different, got [x, x]", () -> Csv.csv("a").columns("x", "x"));
    refused(
        "columns must not have the label's, got [x, y]",
        () -> Csv.csv("a").columns("x", "y").label("y"));
    refused(
        "delimiter must be one character, no quote and no end of a line, got ', '",
        () -> Csv.csv("a").delimiter(", "));
    refused("shape must be >= 1, got 0", () -> Csv.csv("a").shape(1, 0, 2));
    refused("height must be >= 1, got 0", () -> Noise.noise(1, 0, 1));
    refused(
        "samples * channels * height * width must be <= 2147483639, got 1 * 65536 * 65536 * 65536",
        () -> new Noise(65536, 65536, 65536, 1));
  }

  private static void refused(String message, Executable making) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, making).getMessage());
  }
}
