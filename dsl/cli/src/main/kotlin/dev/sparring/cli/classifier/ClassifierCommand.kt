package dev.sparring.cli.classifier

import dev.sparring.classify.Classifier
import dev.sparring.classify.ClassifierCache
import dev.sparring.classify.LabelledImages
import dev.sparring.cli.BadInput
import dev.sparring.cli.ChildJvm
import dev.sparring.cli.ExitCode
import dev.sparring.cli.RecipeOptions
import dev.sparring.cli.Terminal
import dev.sparring.cli.TrainCommand
import dev.sparring.cli.requireEngine
import dev.sparring.cli.writing
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engines
import dev.sparring.tensor.Precision
import java.nio.file.Path
import java.util.concurrent.Callable
import kotlin.system.exitProcess
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

@Command(
    name = "classifier",
    description =
        [
            "Prints which classifier measures the samples of a recipe's data (extractor: " +
                "classifier), with its accuracy and the SHA-256 of its weights: the one that comes " +
                "with Sparring, or the one that is kept, or one that is trained and kept now.",
            "It is trained on ${ClassifierCache.REFERENCE}, portable: the same weights on every " +
                "x86-64 processor with AVX2.",
            "Exit code ${ExitCode.DIFFERENT}: --again gave other weights.",
        ],
    mixinStandardHelpOptions = true,
)
internal class ClassifierCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin lateinit var source: RecipeOptions

    @Option(
        names = ["--again"],
        description = ["trains it once more, and compares the weights of the two"],
    )
    var again: Boolean = false

    @Option(
        names = ["--out"],
        paramLabel = "FILE.safetensors",
        description = ["writes it there; with --again the one that was trained now"],
    )
    var output: Path? = null

    @Option(names = [TrainCommand.END_WITH_PARENT], hidden = true)
    var endWithParent: Boolean = false

    override fun call(): Int {
        if (endWithParent) ChildJvm.endWithParent(System.`in`.bufferedReader(), ::exitProcess)
        val recipe = source.load().recipe
        val name = LabelledImages.name(recipe.data)
        requireEngine(ClassifierCache.REFERENCE)
        Engines.named(ClassifierCache.REFERENCE).whyNotPortable().ifPresent {
            throw BadInput("classifier: $it")
        }
        val data = recipe.openData(terminal::log)
        val device = Device.CPU
        return Engines.openPortable(ClassifierCache.REFERENCE, device, Precision.FLOAT32).use {
            val cache = ClassifierCache.standard(terminal::log)
            try {
                val known = cache.classifier(name, data, it)
                terminal.out.println(known.facts())
                if (!again) finish(known, known) else finish(known, cache.train(name, data, it))
            } catch (e: IllegalArgumentException) {
                throw BadInput("${source.file}: ${e.message}", e)
            }
        }
    }

    private fun finish(known: Classifier, last: Classifier): Int {
        output?.let { file -> writing(file, "classifier.safetensors") { last.write(file) } }
        if (last === known) return ExitCode.DONE
        val (before, now) = known.facts().weights to last.facts().weights
        if (before == now) {
            terminal.out.println("equal: trained again, it has the same weights")
            return ExitCode.DONE
        }
        terminal.out.println("differs: trained again, it is ${last.facts()}")
        return ExitCode.DIFFERENT
    }
}
