package dev.sparring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comments, messages and pages are plain English: they have none of some words. */
final class ProseTest {
  /** Folders of the repository to read; {@code .} is the files at its top. */
  private static final List<String> ROOTS = List.of("lib", "dsl", "samples", ".");

  /** Paths that are not read: builds, older runs, and this list of words. */
  private static final Pattern SKIPPED =
      Pattern.compile(
          "(.*/)?(target|src/test/resources)/.*|(.*/)?(ProseTest\\.java|CHANGELOG\\.md)");

  private static final Pattern PAGES = Pattern.compile(".*\\.(md|yaml)");
  private static final Pattern SOURCES = Pattern.compile(".*\\.(java|kt|kts)");

  /** What is not written, and what is written instead. */
  private static final Map<Pattern, String> WORDS = new LinkedHashMap<>();

  static {
    word("behind", "after");
    word("made (samples?|ones?|images?)", "generated samples");
    word("so many", "the number of, or n");
    word("way back", "backward direction");
    word("way there", "forward direction");
    word("inside of", "inside");
    word("looks? at (the )?class(es)?", "is conditional");
    word("work(s|ed|ing)? out", "plan or compute");
    word("put(s|ting)? out", "output");
    word("somebody|anybody|nobody|whoever|who asks", "users, the caller, or the passive");
    word("whence", "from where, or the source of");
    word("hang(s|ing)? on", "depend on");
    word("in (its|their) stead", "instead");
    word("of an? (game|pair),", "in a game");
  }

  private static void word(String words, String instead) {
    String spaced = "\\b(" + words.replace(" ", "\\s+") + ")(?!\\w)";
    WORDS.put(Pattern.compile(spaced, Pattern.CASE_INSENSITIVE), instead);
  }

  @Test
  void plainWordsAreUsed() throws IOException {
    Path repository = repository();
    List<String> found = new ArrayList<>();
    for (String root : ROOTS) {
      try (Stream<Path> files = Files.walk(repository.resolve(root), root.equals(".") ? 1 : 99)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          String name = repository.relativize(file.normalize()).toString().replace('\\', '/');
          if (!SKIPPED.matcher(name).matches()) {
            found.addAll(findings(name, file));
          }
        }
      }
    }
    assertEquals("", String.join("\n", found));
  }

  /** As the failure names it: the place, the words and plain ones. */
  @Test
  void wordsAreFoundInCommentsAndTextsOnly() {
    String source =
        """
        /** Noise behind
         * so
         * many layers. */
        int behind = whence('"'); // inside of it
        String text = "nobody " + "works"
            + " out";
        String other = f("so", "many", "\\"behind");
        """;
    assertEquals(
        List.of(
            "A.java:1: 'behind' -> after",
            "A.java:7: 'behind' -> after",
            "A.java:2: 'so many' -> the number of, or n",
            "A.java:4: 'inside of' -> inside",
            "A.java:5: 'works out' -> plan or compute",
            "A.java:5: 'nobody' -> users, the caller, or the passive"),
        findings("A.java", ProseText.of(source)));
  }

  @Test
  void templatesOfKotlinAreCode() {
    String source = "val text = \"a ${if (x) \"so many\" else behind} b\" // ${behind}\n";
    assertEquals(
        List.of("A.kt:1: 'behind' -> after", "A.kt:1: 'so many' -> the number of, or n"),
        findings("A.kt", ProseText.of(source)));
  }

  private static List<String> findings(String name, Path file) throws IOException {
    if (SOURCES.matcher(name).matches()) {
      return findings(name, ProseText.of(Files.readString(file)));
    }
    return PAGES.matcher(name).matches() ? findings(name, Files.readString(file)) : List.of();
  }

  private static List<String> findings(String name, String prose) {
    List<String> found = new ArrayList<>();
    WORDS.forEach(
        (word, instead) -> {
          Matcher matcher = word.matcher(prose);
          while (matcher.find()) {
            long line =
                1 + prose.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
            String words = matcher.group().replaceAll("\\s+", " ");
            found.add(name + ":" + line + ": '" + words + "' -> " + instead);
          }
        });
    return found;
  }

  /** The folder above this module that holds all modules. */
  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("lib/core"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
