package dev.sparring.torch;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The examples of the paragraphs "Write your own" in core's Javadoc. */
final class Examples {
  private static final Path SOURCES = Path.of("..", "core", "src", "main", "java");
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "<b>Write your own\\.</b>.*?<pre>\\{@code\n(.*?)\n \\* \\}</pre>", Pattern.DOTALL);
  private static final Pattern TYPE = Pattern.compile("(?:record|class) (\\w+)");
  private static final List<String> PACKAGES =
      List.of(
          "augment", "data", "extract", "init", "layer", "lint", "loss", "metric", "norm", "optim",
          "plan", "random", "tensor", "train");

  private Examples() {}

  /** The code of each by the simple name of the interface that it is in. */
  static Map<String, String> all() throws IOException {
    Map<String, String> examples = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher found = EXAMPLE.matcher(Files.readString(file));
        if (found.find()) {
          String code = found.group(1).replaceAll("(?m)^ \\* ?", "");
          examples.put(file.getFileName().toString().replace(".java", ""), code);
        }
      }
    }
    return examples;
  }

  /** The name of the type that an example declares. */
  static String type(String code) {
    Matcher type = TYPE.matcher(code);
    if (!type.find()) {
      throw new AssertionError("no record or class in " + code);
    }
    return type.group(1);
  }

  /** Compiles examples as they stand, with nothing but imports before them. */
  static ClassLoader compile(Map<String, String> examples, Path folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String code : examples.values()) {
      StringBuilder source = new StringBuilder("package own;\n");
      PACKAGES.forEach(p -> source.append("import dev.sparring.").append(p).append(".*;\n"));
      source.append("import java.util.*;\nimport java.util.function.*;\n").append(code);
      Path file = folder.resolve("own").resolve(type(code) + ".java");
      Files.createDirectories(file.getParent());
      sources.add(Files.writeString(file, source));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", "" + folder);
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new AssertionError("an example does not compile: " + said);
      }
    }
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Examples.class.getClassLoader());
  }
}
