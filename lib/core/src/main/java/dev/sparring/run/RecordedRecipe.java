package dev.sparring.run;

import dev.sparring.file.Json;
import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import dev.sparring.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The recipe in a run directory, and everything needed to read it back.
 *
 * @param text the recipe with every default written out, for {@code recipe.yaml}; empty if the
 *     recipe is only in its program, and the run keeps none
 * @param script the script of the recipe, if the text alone cannot be read back because objects of
 *     the recipe have no text
 * @param changes settings that were changed after the script, {@code path=value}
 * @param words the jars with users' words, in the order of the class path
 * @param init the file with first weights, if weights were not all drawn; not kept in the run
 */
public record RecordedRecipe(
    String text,
    Optional<RecordedScript> script,
    List<String> changes,
    List<Jar> words,
    Optional<Jar> init) {
  private static final List<String> KEYS = List.of("name", "data", "generator", "discriminator");
  private static final String INIT = "init";
  private static final String WITH = "with";
  private static final String SCRIPT = "script";
  private static final String SHA256 = "sha256";
  private static final String SET = "set";
  private static final String NAME = "name";

  /**
   * A jar with words, or another file of the user's.
   *
   * @param name the file's name
   * @param sha256 of its contents, in hexadecimal
   */
  public record Jar(String name, String sha256) {}

  /** Copies the lists. */
  public RecordedRecipe {
    changes = List.copyOf(changes);
    words = List.copyOf(words);
  }

  /** A recipe whose weights are drawn. */
  public RecordedRecipe(
      String text, Optional<RecordedScript> script, List<String> changes, List<Jar> words) {
    this(text, script, changes, words, Optional.empty());
  }

  /** A recipe whose text is enough, with the library's words. */
  public static RecordedRecipe text(String text) {
    return new RecordedRecipe(text, Optional.empty(), List.of(), List.of());
  }

  /**
   * A recipe that only its program knows, for instance because its data has no text. The run has no
   * {@code recipe.yaml}; its program opens it with {@link Runs} and {@link RunData}.
   */
  public static RecordedRecipe ofProgram() {
    return text("");
  }

  /** Whether the run keeps a text of it. */
  boolean hasText() {
    return !text.isEmpty();
  }

  /**
   * Refuses a text that is no recipe, or one of another recipe's name. Core has no parser: this
   * looks for what every recipe has, at the first level.
   *
   * @throws RunException if something is missing, in one line
   */
  void requireRecipe(String name) {
    if (!hasText() || script.isPresent()) {
      return;
    }
    for (String key : KEYS) {
      if (!Pattern.compile("(?m)^ {0,4}\"?" + key + "\"?\\s*:").matcher(text).find()) {
        throw new RunException(
            "recipe.yaml: the text of the recipe '"
                + name
                + "' is none, it lacks '"
                + key
                + ":'; RecipeText.toYaml(recipe, true) writes one, and RecordedRecipe.ofProgram()"
                + " is for recipes without text");
      }
    }
    String value = "(?:" + Pattern.quote(name) + "|([\"'])" + Pattern.quote(name) + "\\1)";
    if (!Pattern.compile("(?m)^ {0,4}\"?name\"?\\s*:\\s*" + value + "\\s*,?\\s*(#.*)?$")
        .matcher(text)
        .find()) {
      throw new RunException(
          "recipe.yaml: the text is of another recipe, not of the training's '" + name + "'");
    }
  }

  /** The same with first weights out of a file. */
  public RecordedRecipe firstWeights(Jar weights) {
    return new RecordedRecipe(text, script, changes, words, Optional.of(weights));
  }

  /**
   * The recipe of a run directory.
   *
   * @throws RunException if a file is missing or damaged, or the script is not the recorded one
   */
  public static RecordedRecipe read(RunDirectory run) {
    try {
      if (isOfProgram(run)) {
        throw new RunException(
            run.path()
                + ": its recipe has no text, because a program trained it; "
                + "open it there, with Runs and RunData");
      }
      String text = RegularFile.text(run.recipe());
      if (!Files.exists(run.provenance())) {
        return text(text);
      }
      Map<String, Object> facts = Json.read(RegularFile.bytes(run.provenance()));
      List<Jar> words = new ArrayList<>();
      for (Object jar : facts.get(WITH) instanceof List<?> jars ? jars : List.of()) {
        words.add(new Jar(string(jar, NAME), string(jar, SHA256)));
      }
      Object weights = facts.get(INIT);
      Optional<Jar> init =
          weights == null
              ? Optional.empty()
              : Optional.of(new Jar(string(weights, NAME), string(weights, SHA256)));
      Object script = facts.get(SCRIPT);
      if (script == null) {
        return new RecordedRecipe(text, Optional.empty(), List.of(), words, init);
      }
      Map<?, ?> of = script instanceof Map<?, ?> map ? map : Map.of();
      List<String> changes = new ArrayList<>();
      for (Object change : of.get(SET) instanceof List<?> all ? all : List.of()) {
        changes.add(String.valueOf(change));
      }
      return new RecordedRecipe(
          text, Optional.of(RecordedScript.read(run, of)), changes, words, init);
    } catch (IOException e) {
      throw new RunException(Reason.line(e, run.path(), "the recipe cannot be read"), e);
    }
  }

  /** Whether a run has no text of its recipe, which only its program knows. */
  public static boolean isOfProgram(RunDirectory run) {
    return !Files.exists(run.recipe())
        && Files.exists(run.provenance())
        && !RunSummary.facts(run).containsKey("recipe");
  }

  static String string(Object json, String key) throws IOException {
    if (json instanceof Map<?, ?> map && map.get(key) instanceof String text) {
      return text;
    }
    throw new IOException("run.json lacks the '" + key + "' of a script, a jar or first weights");
  }

  /** Adds the facts for {@code run.json}. */
  void describe(Map<String, Object> facts) {
    if (hasText()) {
      facts.put("recipe", sha256(text));
    }
    facts.remove(SCRIPT);
    script.ifPresent(
        code -> {
          Map<String, Object> json = code.facts();
          json.put(SET, changes);
          facts.put(SCRIPT, json);
        });
    facts.remove(WITH);
    if (!words.isEmpty()) {
      facts.put(WITH, words.stream().map(RecordedRecipe::describe).toList());
    }
  }

  /** Only at the start: a resumed run has its weights, and those that it began with stay known. */
  void describeInit(Map<String, Object> facts) {
    init.ifPresent(file -> facts.put(INIT, describe(file)));
  }

  private static Map<String, Object> describe(Jar jar) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(NAME, jar.name());
    json.put(SHA256, jar.sha256());
    return json;
  }

  private static String sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
