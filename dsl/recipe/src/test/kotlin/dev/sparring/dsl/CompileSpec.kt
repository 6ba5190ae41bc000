package dev.sparring.dsl

import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import org.jetbrains.kotlin.cli.common.arguments.K2JVMCompilerArguments
import org.jetbrains.kotlin.cli.common.messages.CompilerMessageSeverity
import org.jetbrains.kotlin.cli.common.messages.CompilerMessageSourceLocation
import org.jetbrains.kotlin.cli.common.messages.MessageCollector
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler
import org.jetbrains.kotlin.config.Services

/**
 * What compiles and what does not; all snippets are compiled at once, since the compiler starts
 * slowly.
 */
class CompileSpec :
    FreeSpec({
        val snippets =
            mapOf(
                "gan { generator { init = orthogonal } }" to null,
                "gan { generator { init = orthogonal(gain = 0.8) } }" to null,
                "gan { loss = hinge; loss = hinge() }" to null,
                "gan { discriminator { norm = bssn(1.4, power(warmup = 15)) } }" to null,
                "gan { generator { repeat(3) { conv(64); relu() } } }" to null,
                "gan { generator { discriminator { } } }" to
                    "'fun discriminator(packing: Int = ..., pool: Int = ..., settings: DiscriminatorScope.() -> Unit): Unit' cannot be called in this context with an implicit receiver. Use an explicit receiver if necessary.",
                "gan { generator { loss = hinge() } }" to
                    "'var loss: Loss?' cannot be called in this context with an implicit receiver. Use an explicit receiver if necessary.",
                "gan { generator { train(steps = 3) } }" to
                    "'fun train(steps: Int = ..., batch: Int = ..., seed: Long = ..., seeds: Seeds = ..., discriminatorSteps: Int = ..., generatorSteps: Int = ..., order: UpdateOrder = ..., generatorBatch: Int? = ..., reuseNoise: Boolean = ..., accumulate: Int = ..., shuffle: Boolean = ..., precision: Precision = ..., portable: Boolean = ..., schedules: List<ScheduledNumber> = ...): Unit' cannot be called in this context with an implicit receiver. Use an explicit receiver if necessary.",
                "gan { generator { initByKind { relu() } } }" to
                    "'fun relu(): Unit' cannot be called in this context with an implicit receiver. Use an explicit receiver if necessary.",
                "gan { discriminator { latent = 3 } }" to "Unresolved reference 'latent'.",
                "gan { generator { norm = hinge } }" to
                    "Assignment type mismatch: actual type is 'Hinge', but 'WeightNorm' was expected.",
                "gan { conv(3) }" to "Unresolved reference 'conv'.",
            )
        val errors = compile(snippets.keys.toList(), tempdir())

        snippets.entries.forEachIndexed { i, (code, error) ->
            "$code ${if (error == null) "compiles" else "does not compile"}" {
                if (error == null) errors[i].shouldBeEmpty() else errors[i] shouldBe listOf(error)
            }
        }
    })

/** The errors of each snippet; each is on a line of its own. */
private fun compile(snippets: List<String>, folder: java.io.File): List<List<String>> {
    val source = folder.resolve("Snippets.kt")
    source.writeText(
        "import dev.sparring.dsl.*\n" +
            snippets.mapIndexed { i, code -> "val s$i = $code\n" }.joinToString("")
    )
    val errors = snippets.map { mutableListOf<String>() }
    val arguments =
        K2JVMCompilerArguments().apply {
            freeArgs = listOf(source.path)
            destination = folder.resolve("out").path
            classpath = System.getProperty("java.class.path")
            noStdlib = true
            noReflect = true
            disableDefaultScriptingPlugin = true
        }
    val collector =
        object : MessageCollector {
            override fun clear() = Unit

            override fun hasErrors() = false

            override fun report(
                severity: CompilerMessageSeverity,
                message: String,
                location: CompilerMessageSourceLocation?,
            ) {
                if (severity.isError) errors[location!!.line - 2] += message
            }
        }
    K2JVMCompiler().exec(collector, Services.EMPTY, arguments)
    return errors
}
