package dev.sparring.cli

import dev.sparring.data.Mixture
import dev.sparring.extract.Preprocessing
import dev.sparring.recipe.ClassifierFeatures
import dev.sparring.recipe.FeatureSource
import dev.sparring.recipe.NetworkFeatures
import dev.sparring.recipe.PixelFeatures
import dev.sparring.recipe.Recipe
import java.nio.file.Files
import java.nio.file.Path
import picocli.CommandLine.Option

/** The options that choose what features samples are compared by. */
internal class ExtractorOptions {
    @Option(
        names = ["--extractor"],
        paramLabel = "pixels|classifier|FILE.onnx|FILE.pt",
        description =
            [
                "what samples are compared by: pixels, a classifier trained on the data's labels, " +
                    "or a network as ONNX or TorchScript (default: the recipe's, else pixels); a " +
                    "TorchScript file is a program that runs when it is opened"
            ],
    )
    var extractor: String? = null

    @Option(
        names = ["--preprocessing"],
        paramLabel = "NAME[@SIZE]",
        description =
            [
                "what the network takes: inception2015 (3 channels, 299 x 299, as the FID's " +
                    "Inception), bytes (3 channels, 0 to 255), unit ([0, 1]), signed ([-1, 1]), " +
                    "imagenet (3 channels, torchvision's), dinov2 (3 channels, 224 x 224, as " +
                    "torch-fidelity gives DINOv2); @SIZE resizes, e.g. imagenet@224"
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

    /**
     * The features by which samples are compared: those of the options, else those of the recipe.
     */
    fun source(recipe: Recipe): FeatureSource {
        if (recipe.data is Mixture) {
            if (listOf(extractor, preprocessing, output).any { it != null }) {
                throw BadInput(
                    "--extractor: points of a mixture are compared as they are, and measured by " +
                        "the modes that they fall on, without features"
                )
            }
            // The recipe's own choice does not matter here and is not opened.
            return PixelFeatures.pixels()
        }
        val own =
            when (extractor) {
                null -> recipe.evaluate?.extractor ?: PixelFeatures.pixels()
                PIXELS -> PixelFeatures.pixels()
                CLASSIFIER -> ClassifierFeatures.classifier()
                else -> null
            }
        if (own != null) {
            refuse("--preprocessing", preprocessing)
            refuse("--features", output)
            return own
        }
        val file = checkNotNull(extractor)
        if (file == DINO && !Files.exists(Path.of(file))) {
            throw BadInput(
                "--extractor: networks of DINOv2 do not come with Sparring; expected the file of " +
                    "one, as ONNX or TorchScript, with --preprocessing $DINO"
            )
        }
        val meant = Unmatched.meant(file, listOf(PIXELS, CLASSIFIER))
        if (meant.isNotEmpty() && !Files.exists(Path.of(file))) {
            throw BadInput("--extractor: $file: no such file$meant")
        }
        return NetworkFeatures(file, preprocessing(file), output)
    }

    private fun refuse(option: String, value: String?) {
        if (value != null) {
            throw BadInput("$option: needs --extractor FILE; other features have nothing to choose")
        }
    }

    /** There is no default: a wrong guess would be a wrong figure that looks like a right one. */
    private fun preprocessing(file: String): String {
        val name = preprocessing
        if (name == null) {
            val names = Preprocessing.presets().joinToString(", ") { it.name() }
            throw BadInput(
                "--preprocessing must say what $file takes, one of $names, or e.g. imagenet@224"
            )
        }
        return try {
            Preprocessing.named(name).name()
        } catch (e: IllegalArgumentException) {
            throw BadInput("--preprocessing: ${e.message}", e)
        }
    }

    private companion object {
        const val PIXELS = "pixels"
        const val CLASSIFIER = "classifier"
        const val DINO = "dinov2"
    }
}
