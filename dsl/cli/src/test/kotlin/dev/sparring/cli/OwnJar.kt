package dev.sparring.cli

import java.io.StringWriter
import java.nio.file.Files
import java.nio.file.Path
import java.util.jar.JarOutputStream
import java.util.zip.ZipEntry
import javax.tools.ToolProvider
import kotlin.io.path.createParentDirectories
import kotlin.io.path.outputStream
import kotlin.io.path.readBytes
import kotlin.io.path.relativeTo
import kotlin.io.path.writeText

/** Jars as users would bring them: their classes are on no class path of the tests. */
internal object OwnJar {
    /** Sources by class name. */
    val WORDS: Map<String, String> =
        mapOf(
            "Sinc" to
                """
                @Word("acme.sinc")
                public record Sinc(double scale) implements Initializer {
                  public double[] draw(WeightSpec weight, RandomStream random) {
                    double[] values = new double[weight.shape().elements()];
                    for (int i = 0; i < values.length; i++) {
                      values[i] = scale * Math.sin(i + 1.0) + 0.01 * random.gaussian();
                    }
                    return values;
                  }
                }
                """,
            "Scaled" to
                """
                @Word("acme.scaled")
                public record Scaled(double by) implements Layer {
                  public Shape outputShape(Shape input) {
                    return input;
                  }
                  public Tensor forward(Tensor x, LayerContext pass) {
                    return x.times(by);
                  }
                }
                """,
            "Words" to
                """
                public class Words implements dev.sparring.vocabulary.WordProvider {
                  public List<Class<? extends Record>> words() {
                    return List.of(Sinc.class, Scaled.class);
                  }
                }
                """,
            "FewSteps" to
                """
                public class FewSteps implements Lint {
                  public List<Warning> look(dev.sparring.plan.GamePlan plan) {
                    return List.of(
                        Warning.warning("train.steps", "acme wants more steps", "acme", "9"));
                  }
                }
                """,
            "Size" to
                """
                public class Size implements Gauge {
                  public List<String> figures() {
                    return List.of("acme_size");
                  }
                  public boolean isDue(long step) {
                    return step % 2 == 0;
                  }
                  public Map<String, Double> read(Training training, long step) {
                    return Map.of("acme_size", (double) training.networks().size());
                  }
                }
                """,
            "Third" to
                """
                public class Third implements Detector {
                  public List<String> hear(Step step) {
                    return step.number() == 3 ? List.of("acme heard step 3") : List.of();
                  }
                }
                """,
        )

    /** What META-INF/services has. */
    val SERVICES: Map<String, String> =
        mapOf(
            "dev.sparring.vocabulary.WordProvider" to "acme.Words",
            "dev.sparring.lint.Lint" to "acme.FewSteps",
            "dev.sparring.train.Gauge" to "acme.Size",
            "dev.sparring.train.Detector" to "acme.Third",
        )

    private val IMPORTS =
        listOf("init", "layer", "lint", "random", "setting", "tensor", "train").joinToString("") {
            "import dev.sparring.$it.*;\n"
        } + "import java.util.*;\n"

    /** Compiles sources and puts them into a jar with services. */
    fun of(jar: Path, sources: Map<String, String>, services: Map<String, String>): Path {
        val folder = Files.createTempDirectory("own-jar")
        try {
            compile(folder, sources)
            for ((name, line) in services) {
                folder
                    .resolve("META-INF/services/$name")
                    .createParentDirectories()
                    .writeText("$line\n")
            }
            pack(folder, jar)
        } finally {
            folder.toFile().deleteRecursively()
        }
        return jar
    }

    private fun compile(folder: Path, sources: Map<String, String>) {
        val compiler = ToolProvider.getSystemJavaCompiler()
        val said = StringWriter()
        compiler.getStandardFileManager(null, null, null).use { files ->
            val written =
                sources.map { (name, source) ->
                    folder.resolve("$name.java").apply {
                        writeText("package acme;\n$IMPORTS${source.trimIndent()}\n")
                    }
                }
            val options =
                listOf("-proc:none", "-d", "$folder", "-cp", System.getProperty("java.class.path"))
            val units = files.getJavaFileObjectsFromPaths(written)
            check(compiler.getTask(said, files, null, options, null, units).call()) { "$said" }
        }
    }

    private fun pack(folder: Path, jar: Path) {
        val packed =
            Files.walk(folder).use { all ->
                all.filter { Files.isRegularFile(it) && !it.toString().endsWith(".java") }
                    .sorted()
                    .toList()
            }
        JarOutputStream(jar.outputStream()).use { entries ->
            for (file in packed) {
                // Without a time: equal contents are equal jars.
                entries.putNextEntry(ZipEntry("${file.relativeTo(folder)}").apply { time = 0 })
                entries.write(file.readBytes())
            }
        }
    }
}
