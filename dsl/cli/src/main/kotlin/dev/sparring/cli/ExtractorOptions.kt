package dev.sparring.cli

import dev.sparring.data.Data
import dev.sparring.data.Mixture
import dev.sparring.eval.Extractor
import dev.sparring.eval.Extractors
import dev.sparring.eval.Pixels
import dev.sparring.eval.Preprocessing
import java.nio.file.Path
import java.util.Optional
import picocli.CommandLine.Option

/** The options that choose what features samples are compared by. */
internal class ExtractorOptions {
    @Option(
        names = ["--extractor"],
        paramLabel = "pixels|FILE.onnx|FILE.pt",
        description =
            ["compares features by this: pixels (default), or a network as ONNX or TorchScript"],
    )
    var extractor: String? = null

    @Option(
        names = ["--preprocessing"],
        paramLabel = "NAME[@SIZE]",
        description =
            [
                "what the network takes: inception2015 (3 channels, 299 x 299, as the FID's " +
                    "Inception), bytes (3 channels, 0 to 255), unit ([0, 1]), signed ([-1, 1]), " +
                    "imagenet (3 channels, torchvision's); @SIZE resizes, e.g. imagenet@224"
            ],
    )
    var preprocessing: String? = null

    @Option(
        names = ["--features"],
        paramLabel = "OUTPUT",
        description =
            ["which of the network's outputs: a name, or a number in a tuple (default: the first)"],
    )
    var output: String? = null

    /** Opens it, to measure samples of a recipe that learns [data]. */
    fun open(data: Data): Extractor {
        if (data is Mixture && listOf(extractor, preprocessing, output).any { it != null }) {
            throw BadInput(
                "--extractor: points of a mixture are measured by the modes that they fall on, " +
                    "without features"
            )
        }
        val file = extractor
        if (file == null || file == Pixels().name()) {
            refuse("--preprocessing", preprocessing)
            refuse("--features", output)
            return Pixels()
        }
        return Extractors.open(Path.of(file), preprocessing(file), Optional.ofNullable(output))
    }

    private fun refuse(option: String, value: String?) {
        if (value != null) {
            throw BadInput("$option: pixels are taken as they are; it needs --extractor FILE")
        }
    }

    /** There is no default: a wrong guess would be a wrong figure that looks like a right one. */
    private fun preprocessing(file: String): Preprocessing {
        val name = preprocessing
        if (name == null) {
            val names = Preprocessing.presets().joinToString(", ") { it.name() }
            throw BadInput(
                "--preprocessing must say what $file takes, one of $names, or e.g. imagenet@224"
            )
        }
        return try {
            Preprocessing.named(name)
        } catch (e: IllegalArgumentException) {
            throw BadInput("--preprocessing: ${e.message}", e)
        }
    }
}
