package dev.sparring.run;

import dev.sparring.file.RegularFile;
import dev.sparring.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The script of a recipe whose text alone cannot be read back.
 *
 * @param code its text, kept as {@code recipe.gan.kts}
 * @param number which of its recipes it is, from 1; 0 if the script has one only
 * @param imports the scripts that it imports, kept in {@code imports}
 * @param dependencies the artifacts that it depends on, each by {@code group:artifact:version}, in
 *     the order of the class path; not kept in the run
 */
public record RecordedScript(
    String code, int number, List<Import> imports, List<RecordedRecipe.Jar> dependencies) {
  private static final Pattern SAFE = Pattern.compile("[^/\\\\:]+(/[^/\\\\:]+)*");
  private static final String SHA256 = "sha256";

  /**
   * An imported script.
   *
   * @param name where it is kept below {@code imports}, with slashes
   * @param code its text
   */
  public record Import(String name, String code) {
    /** Refuses a name that leads elsewhere. */
    public Import {
      if (!isSafe(name)) {
        throw new IllegalArgumentException("name must be a path below 'imports', got " + name);
      }
    }
  }

  /** Copies the lists. */
  public RecordedScript {
    imports = List.copyOf(imports);
    dependencies = List.copyOf(dependencies);
    if (imports.stream().map(Import::name).distinct().count() < imports.size()) {
      throw new IllegalArgumentException("two imported scripts are kept under one name");
    }
  }

  /** A script that is one recipe, and needs nothing else. */
  public RecordedScript(String code) {
    this(code, 0, List.of(), List.of());
  }

  private static boolean isSafe(String name) {
    return SAFE.matcher(name).matches() && !List.of(name.split("/")).contains("..");
  }

  /** The facts for {@code run.json}. */
  Map<String, Object> facts() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", RunDirectory.SCRIPT);
    json.put(SHA256, sha256(code));
    if (number > 0) {
      json.put("recipe", number);
    }
    if (!imports.isEmpty()) {
      json.put("imports", imports.stream().map(i -> named(i.name(), sha256(i.code()))).toList());
    }
    if (!dependencies.isEmpty()) {
      json.put(
          "dependencies", dependencies.stream().map(d -> named(d.name(), d.sha256())).toList());
    }
    return json;
  }

  /**
   * The script that a run keeps.
   *
   * @throws RunException if a file is not the recorded one
   */
  static RecordedScript read(RunDirectory run, Map<?, ?> facts) throws IOException {
    String code = whole(run.script(), RecordedRecipe.string(facts, SHA256));
    List<Import> imports = new ArrayList<>();
    for (RecordedRecipe.Jar file : jars(facts.get("imports"))) {
      if (!isSafe(file.name())) {
        throw new IOException("run.json names an imported script outside of the run");
      }
      imports.add(
          new Import(file.name(), whole(run.imports().resolve(file.name()), file.sha256())));
    }
    int number = facts.get("recipe") instanceof Number which ? which.intValue() : 0;
    return new RecordedScript(code, number, imports, jars(facts.get("dependencies")));
  }

  private static List<RecordedRecipe.Jar> jars(@Nullable Object json) throws IOException {
    List<RecordedRecipe.Jar> jars = new ArrayList<>();
    for (Object jar : json instanceof List<?> all ? all : List.of()) {
      jars.add(
          new RecordedRecipe.Jar(
              RecordedRecipe.string(jar, "name"), RecordedRecipe.string(jar, SHA256)));
    }
    return jars;
  }

  private static String whole(Path file, String recorded) throws IOException {
    String code = RegularFile.text(file);
    String found = sha256(code);
    if (!found.equals(recorded)) {
      throw new RunException(
          file + ": has SHA-256 " + found + ", but the run was trained with " + recorded);
    }
    return code;
  }

  private static Map<String, Object> named(String name, String sha256) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put(SHA256, sha256);
    return json;
  }

  private static String sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
