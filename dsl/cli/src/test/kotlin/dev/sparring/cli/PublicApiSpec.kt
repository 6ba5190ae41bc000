package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.exists
import kotlin.io.path.extension
import kotlin.io.path.readText
import kotlin.io.path.walk
import kotlin.io.path.writeText
import org.jetbrains.kotlin.abi.tools.AbiFilters
import org.jetbrains.kotlin.abi.tools.AbiTools

/**
 * What the published modules offer to programs, beside the description of it that is committed. A
 * change of the API is a change of these files, that a reviewer sees. After one that is wanted:
 *
 *     ./mvnw -pl dsl/cli -am test -Dtest=PublicApiSpec -DfailIfNoTests=false \
 *         -Dsurefire.failIfNoSpecifiedTests=false -Dsparring.api=write
 */
class PublicApiSpec :
    FreeSpec({
        val root = Path("../..")
        val modules =
            listOf("core", "process", "torch", "nd4j", "onnx", "onnxruntime", "tensorboard").map {
                "lib/$it"
            } + listOf("lib/conformance", "dsl/recipe", "dsl/report", "dsl/ui", "dsl/cli")

        /** The public and protected members of a module's classes. */
        fun described(module: Path): String {
            val classes = module.resolve("target/classes")
            val files = classes.walk().filter { it.extension == "class" }.map(Path::toFile).toList()
            withClue("classes of $classes") { files.isEmpty() shouldBe false }
            return buildString {
                AbiTools.getInstance(javaClass.classLoader)
                    .printJvmDump(this, files, AbiFilters.EMPTY)
            }
        }

        for (name in modules) {
            "the API of $name is the committed one" {
                val module = root.resolve(name)
                val committed = module.resolve("api.txt")
                val described = described(module)
                if (System.getProperty("sparring.api") == "write") committed.writeText(described)
                withClue("$committed; to renew it, add -Dsparring.api=write") {
                    committed.exists() shouldBe true
                    val before = committed.readText().lines()
                    val now = described.lines()
                    (before - now.toSet()).map { "gone: $it" } +
                        (now - before.toSet()).map { "new: $it" } shouldBe emptyList()
                    described shouldBe committed.readText()
                }
            }
        }
    })
