package dev.sparring.script

import dev.sparring.cli.Outcome
import dev.sparring.cli.workbench
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.script.maven.Artifact
import dev.sparring.script.maven.ArtifactException
import dev.sparring.script.maven.LocalRepository
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import java.util.jar.JarEntry
import java.util.jar.JarOutputStream
import javax.tools.ToolProvider
import kotlin.io.path.createDirectories
import kotlin.io.path.createParentDirectories
import kotlin.io.path.outputStream
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** Writes a POM, and a jar with a class of one method that gives a text. */
private fun Path.artifact(
    group: String,
    name: String,
    version: String,
    pom: String = "",
    value: String = "",
) {
    val folder = resolve(group.replace('.', '/')).resolve(name).resolve(version).createDirectories()
    folder
        .resolve("$name-$version.pom")
        .writeText(
            "<project><modelVersion>4.0.0</modelVersion><groupId>$group</groupId>" +
                "<artifactId>$name</artifactId><version>$version</version>$pom</project>"
        )
    val type = name.replaceFirstChar(Char::uppercase)
    val source = folder.resolve("lib/$type.java").createParentDirectories()
    source.writeText(
        "package lib; public class $type { public static double value() { return $value; } }"
    )
    if (value.isNotEmpty()) {
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", "$folder", "$source") shouldBe 0
    }
    JarOutputStream(folder.resolve("$name-$version.jar").outputStream()).use { jar ->
        if (value.isNotEmpty()) {
            jar.putNextEntry(JarEntry("lib/$type.class"))
            jar.write(folder.resolve("lib/$type.class").readBytes())
        }
    }
}

private fun dependency(group: String, name: String, version: String = "", more: String = "") =
    "<dependency><groupId>$group</groupId><artifactId>$name</artifactId>" +
        (if (version.isEmpty()) "" else "<version>$version</version>") +
        "$more</dependency>"

class ScriptFilesSpec :
    FreeSpec({
        "of what artifacts need the nearest version is taken, as POMs and their parents say" {
            val folder = tempdir().toPath()
            folder.artifact(
                "o.parent",
                "top",
                "1",
                "<properties><deep>2.0</deep></properties><dependencyManagement><dependencies>" +
                    dependency("o.x", "managed", "\${deep}") +
                    dependency("o.bom", "bom", "3", "<type>pom</type><scope>import</scope>") +
                    "</dependencies></dependencyManagement>",
            )
            folder.artifact(
                "o.bom",
                "bom",
                "3",
                "<dependencyManagement><dependencies>" +
                    dependency("o.x", "ofBom", "7") +
                    "</dependencies></dependencyManagement>",
            )
            folder.artifact(
                "o.a",
                "a",
                "1",
                "<parent><groupId>o.parent</groupId><artifactId>top</artifactId>" +
                    "<version>1</version></parent><dependencies>" +
                    dependency("o.x", "managed") +
                    dependency("o.x", "ofBom") +
                    dependency("\${project.groupId}", "b", "\${project.version}") +
                    dependency("o.x", "tests", "1", "<scope>test</scope>") +
                    dependency("o.x", "maybe", "1", "<optional>true</optional>") +
                    dependency("org.jetbrains.kotlin", "kotlin-stdlib", "1") +
                    "</dependencies>",
            )
            folder.artifact(
                "o.a",
                "b",
                "1",
                "<dependencies>" +
                    dependency("o.x", "managed", "9") +
                    dependency(
                        "o.x",
                        "c",
                        "[1]",
                        "<exclusions><exclusion><groupId>o.x</groupId><artifactId>d</artifactId>" +
                            "</exclusion></exclusions>",
                    ) +
                    "</dependencies>",
            )
            folder.artifact("o.x", "managed", "2.0")
            folder.artifact("o.x", "ofBom", "7")
            folder.artifact(
                "o.x",
                "c",
                "1",
                "<dependencies>" + dependency("o.x", "d", "1") + "</dependencies>",
            )
            fun resolve(text: String) =
                LocalRepository(listOf(folder)).resolve(listOf(Artifact.parse(text)!!))
            resolve("o.a:a:1").keys.map { "$it" } shouldContainExactly
                listOf("o.a:a:1", "o.x:managed:2.0", "o.x:ofBom:7", "o.a:b:1", "o.x:c:1")
            shouldThrow<ArtifactException> { resolve("o.x:c:1") }.message shouldBe
                "no jar of o.x:d:1 in $folder; mvn dependency:get -Dartifact=o.x:d:1 downloads it, " +
                    "needed by o.x:c:1"
            folder.artifact(
                "o.x",
                "d",
                "1",
                "<dependencies>" + dependency("o.x", "e", "[1,2)") + "</dependencies>",
            )
            shouldThrow<ArtifactException> { resolve("o.x:c:1") }.message shouldBe
                "the POM of o.x:d:1 has '[1,2)' as the version of o.x:e; DependsOn it too, " +
                    "needed by o.x:c:1"
            folder.artifact(
                "o.x",
                "d",
                "1",
                "<dependencies>" + dependency("..", "e", "1") + "</dependencies>",
            )
            shouldThrow<ArtifactException> { resolve("o.x:d:1") }.message shouldBe
                "the POM of o.x:d:1 asks for '..:e:1', which are no coordinates"
            folder
                .resolve("o/x/d/1/d-1.pom")
                .writeText("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>")
            shouldThrow<ArtifactException> { resolve("o.x:d:1") }.message!! shouldContain
                "is no POM: DOCTYPE is disallowed"
            Artifact.parse("a:b") shouldBe null
            Artifact.parse("a:../b:1") shouldBe null
            Artifact.parse("a:b:linux:1") shouldBe Artifact("a", "b", "1", "linux")
        }

        "a script sees what it imports and depends on, and its run keeps all of it" {
            val bench = workbench()
            bench.path("libs").artifact("o.a", "gain", "1", "", "0.5")
            bench.path("work/parts").createDirectories()
            bench.file(
                "shared.gan.kts",
                "fun draws(gain: Double) = initializer { w, r ->\n" +
                    "    DoubleArray(w.shape.elements().toInt()) { gain * r.gaussian() } }",
            )
            bench.file(
                "work/parts/nets.gan.kts",
                "@file:Import(\"../../shared.gan.kts\")\n" +
                    "@file:DependsOn(\"o.a:gain:1\")\n" +
                    "@file:Repository(\"../../libs\")\n" +
                    "fun GeneratorScope.points() { init = draws(lib.Gain.value())\n    dense(2) }",
            )
            val script =
                bench.file(
                    "work/main.gan.kts",
                    """
                    @file:Import("parts/nets.gan.kts", "../shared.gan.kts")
                    gan("made") {
                        data = ring()
                        generator(latent = 2) { points() }
                        discriminator { init = draws(2.0); dense(1) }
                        train(steps = 2, batch = 4)
                        output(samplesEvery = 2, checkpointsEvery = 2)
                    }
                    """
                        .trimIndent(),
                )
            val run = bench.path("run")
            val trained = bench.sparring("train", script, "--out", run)
            trained.err.lines().filter { "kts" in it } shouldBe emptyList()
            trained.code shouldBe 0
            val facts = run.resolve("run.json").readText()
            for (name in listOf("parts/nets.gan.kts", "_up/shared.gan.kts", "o.a:gain:1")) {
                facts shouldContain "\"name\" : \"$name\""
            }
            run.resolve("imports/parts/nets.gan.kts").readText() shouldContain "fun GeneratorScope"

            // Its folders of jars are not kept: their jars have to be in the local repository then.
            val gone = bench.sparring("sample", run, "--out", bench.path("s.png"))
            gone.err shouldStartWith
                "$run/imports/parts/nets.gan.kts:2:17: DependsOn: no jar of o.a:gain:1 in /"
            bench.path("run/libs").artifact("o.a", "gain", "1", "", "0.25")
            bench.sparring("sample", run, "--out", bench.path("s.png")).err shouldContain
                "$run: was trained with o.a:gain:1 of SHA-256 "
            bench
                .path("libs/o/a/gain/1/gain-1.jar")
                .toFile()
                .copyTo(bench.path("run/libs/o/a/gain/1/gain-1.jar").toFile(), overwrite = true)
            bench.sparring("sample", run, "--out", bench.path("s.png")) shouldBe
                Outcome(0, "${bench.path("s.png")}\n", "")
            val kept = run.resolve("imports/_up/shared.gan.kts")
            kept.writeText(kept.readText() + "\n")
            bench.sparring("sample", run, "--out", bench.path("s.png")).err shouldStartWith
                "$kept: has SHA-256 "

            // The cache does not hide a change of what is imported.
            bench.file("shared.gan.kts", "fun draws(gain: Double) = orthogonl")
            bench.sparring("check", script).err shouldStartWith
                "${bench.path("shared.gan.kts")}:1:27: Unresolved reference 'orthogonl', did you mean"
        }

        "what is missing or not plain is said at its place" {
            val folder = tempdir().toPath()
            fun messageOf(text: String): String? {
                val file = folder.resolve("x.gan.kts").apply { writeText(text) }
                return shouldThrow<RecipeSyntaxException> {
                        GanScriptHost(cache = folder).open(file)
                    }
                    .message
                    ?.replace("$folder/", "")
            }
            messageOf("\n@file:Import(\"no.gan.kts\")\n1") shouldBe
                "x.gan.kts:2:14: Import: there is no file no.gan.kts"
            messageOf("@file:Import(\"x.gan.kts\")") shouldBe
                "x.gan.kts:1:14: Import: a script cannot import itself"
            messageOf("@file:Import(\"y.kt\")") shouldBe
                "x.gan.kts:1:14: Import: must end in .gan.kts"
            messageOf("@file:DependsOn(\"a:b\")") shouldBe
                "x.gan.kts:1:17: DependsOn: expected group:artifact:version, got 'a:b'"
            messageOf("@file:Repository(\"https://a/b\")") shouldBe
                "x.gan.kts:1:18: Repository: must be a folder: nothing is downloaded for a script"
            messageOf("@file:DependsOn(\"none.such:thing:1\")") shouldStartWith
                "x.gan.kts:1:17: DependsOn: no jar of none.such:thing:1 in "
            messageOf("@file:DependsOn(\"a\" + \":b:1\")\n1") shouldBe
                "x.gan.kts:1:17: DependsOn: expected plain texts, got \"a\" + \":b:1\""
            messageOf("@file:[Import(\"y.gan.kts\")]\n1")!! shouldContain "need plain texts"
        }
    })
