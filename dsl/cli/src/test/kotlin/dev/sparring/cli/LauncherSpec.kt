package dev.sparring.cli

import io.kotest.assertions.nondeterministic.eventually
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Files
import kotlin.io.path.Path
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectories
import kotlin.io.path.createFile
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.time.Duration.Companion.seconds

/** The script `sparring`, with a java that prints what it is called with. */
@EnabledIf(NotOnWindows::class)
class LauncherSpec :
    FreeSpec({
        val home = tempdir("launcher").toPath()
        val script = Path("../../sparring").copyTo(home.resolve("sparring"))
        for (folder in listOf("lib", "samples/recipes", "jdk/bin", "dsl/cli/target/dist/lib")) {
            home.resolve(folder).createDirectories()
        }
        home.resolve("pom.xml").createFile()
        home.resolve("dsl/cli/target/dist/lib/sparring-cli-1.jar").createFile()
        home.resolve("jdk/release").writeText("JAVA_VERSION=\"17.0.1\"\n")
        val java = home.resolve("jdk/bin/java")
        java.writeText(PRINTS)
        java.toFile().setExecutable(true)

        /** The collectors that Java is called with. */
        fun collectors(variable: String, options: String): List<String> {
            val process = ProcessBuilder("sh", "$script", "check", "recipe.yaml")
            process
                .environment()
                .keys
                .removeAll(setOf("SPARRING_JAVA_OPTS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"))
            process.environment()["JAVA_HOME"] = "${home.resolve("jdk")}"
            process.environment()["SPARRING_CLASS_DATA"] = "false"
            process.environment()[variable] = options
            val log = home.resolve("log")
            process.redirectErrorStream(true).redirectOutput(log.toFile())
            process.start().waitFor() shouldBe 0
            val words = Files.readAllLines(log)
            words.takeLast(2) shouldBe listOf("check", "recipe.yaml")
            return words.filter { Regex("-XX:[+]Use.*GC").matches(it) }
        }

        "the collector is the serial one" {
            collectors("SPARRING_JAVA_OPTS", "-Xmx4g") shouldBe listOf("-XX:+UseSerialGC")
        }

        for (name in listOf("G1", "Z", "Parallel", "Shenandoah", "Epsilon", "Serial")) {
            "a user's $name takes its place" {
                val option = "-XX:+Use${name}GC"
                collectors("SPARRING_JAVA_OPTS", "-Xmx4g $option -Xss1m") shouldBe listOf(option)
            }
        }

        "the JVM's own variables count too" {
            // Java reads them by itself: the script passes none on.
            collectors("JDK_JAVA_OPTIONS", "-XX:+UseG1GC") shouldBe emptyList()
            collectors("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC") shouldBe emptyList()
        }

        "from bin/ of an unpacked distribution it takes the jars of lib/, and builds nothing" {
            val bin = home.resolve("sparring-1/bin").createDirectories()
            val lib = home.resolve("sparring-1/lib").createDirectories()
            val unpacked = script.copyTo(bin.resolve("sparring"))
            fun run(more: String? = null): Pair<Int, List<String>> {
                val process = ProcessBuilder("sh", "$unpacked", "check")
                process.environment()["JAVA_HOME"] = "${home.resolve("jdk")}"
                process.environment()["SPARRING_CLASS_DATA"] = "false"
                process.environment().remove("SPARRING_CLASSPATH")
                if (more != null) process.environment()["SPARRING_CLASSPATH"] = more
                val log = home.resolve("log")
                process.redirectErrorStream(true).redirectOutput(log.toFile())
                return process.start().waitFor() to Files.readAllLines(log)
            }
            run() shouldBe
                (2 to
                    listOf(
                        "sparring: no Sparring in $lib; keep this script in bin/ of the unpacked " +
                            "distribution"
                    ))
            lib.resolve("sparring-cli-1.jar").createFile()
            val (code, words) = run()
            code shouldBe 0
            words[words.indexOf("-cp") + 1] shouldBe "$lib/*"
            words.filter { it.startsWith("--add-") } shouldBe emptyList()

            // Jars after ours, and what Spark's need of Java.
            val spark = run("/opt/a b.jar:/opt/spark/jars/*").second
            spark[spark.indexOf("-cp") + 1] shouldBe "$lib/*:/opt/a b.jar:/opt/spark/jars/*"
            spark.filter { it.startsWith("--add-") } shouldBe
                listOf("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED") +
                    listOf("nio", "lang", "lang.invoke", "util").map {
                        "--add-opens=java.base/java.$it=ALL-UNNAMED"
                    }
        }

        "classes are prepared after the first start of each kind, and used from then on" {
            val bin = home.resolve("prepared/bin").createDirectories()
            val lib = home.resolve("prepared/lib").createDirectories()
            lib.resolve("sparring-cli-1.jar").createFile()
            val unpacked = script.copyTo(bin.resolve("sparring"))
            val classes = home.resolve("xdg/sparring/classes")
            // In place of Java it writes the archive that it is asked for.
            java.writeText(
                "#!/bin/sh\nfor a in \"$@\"; do echo \"\$a\"; case \$a in " +
                    "-XX:ArchiveClassesAtExit=*) echo \"$@\" > \"\${a#*=}\" ;; esac; done\n"
            )
            fun start(vararg words: String): List<String> {
                val process = ProcessBuilder("sh", "$unpacked", *words)
                process.environment()["JAVA_HOME"] = "${home.resolve("jdk")}"
                process.environment()["XDG_CACHE_HOME"] = "${home.resolve("xdg")}"
                val log = home.resolve("log")
                process.redirectErrorStream(true).redirectOutput(log.toFile())
                process.start().waitFor() shouldBe 0
                return Files.readAllLines(log).filter { it.startsWith("-XX:SharedArchiveFile=") }
            }
            fun prepared() = classes.listDirectoryEntries("*.jsa").map { it.name }.sorted()

            start("train", "a.yaml") shouldBe emptyList()
            eventually(10.seconds) { prepared().size shouldBe 1 }
            prepared().single() shouldStartWith "recipes-17-"
            classes.resolve(prepared().single()).readText() shouldEndWith
                "-cp $lib/* dev.sparring.cli.start.FirstStartKt recipes\n"
            start("train", "b.yaml", "--quiet") shouldBe
                listOf("-XX:SharedArchiveFile=${classes.resolve(prepared().single())}")

            start("train", "a.gan.kts", "--quiet") shouldBe emptyList()
            eventually(10.seconds) { prepared().size shouldBe 2 }
            start("train", "a.gan.kts").single() shouldContain "/scripts-17-"
            eventually(10.seconds) { classes.listDirectoryEntries("*.lock") shouldBe emptyList() }

            // Other jars: what was prepared does not fit.
            lib.resolve("sparring-core-1.jar").createFile()
            start("train", "a.yaml") shouldBe emptyList()
            eventually(10.seconds) { prepared().size shouldBe 3 }
            java.writeText(PRINTS)
        }

        "other options that speak of collections leave it as it is" {
            collectors("SPARRING_JAVA_OPTS", "-XX:+UseNUMA -XX:+DisableExplicitGC") shouldBe
                listOf("-XX:+UseSerialGC")
        }
    })

private const val PRINTS = "#!/bin/sh\nfor a in \"$@\"; do echo \"\$a\"; done\n"
