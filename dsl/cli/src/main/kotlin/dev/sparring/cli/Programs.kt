package dev.sparring.cli

import dev.sparring.recipe.FeatureSource
import dev.sparring.recipe.NetworkFeatures

private val TORCH_SCRIPT = listOf(".pt", ".ts", ".torchscript")

/** Says that a file which is about to be opened is a program, unlike recipes, data and ONNX. */
internal fun Terminal.sayIfProgram(features: FeatureSource?) {
    val file = (features as? NetworkFeatures)?.file ?: return
    if (TORCH_SCRIPT.any { file.lowercase().endsWith(it) }) {
        log("$file: a TorchScript file is a program and runs now; use only files that you trust")
    }
}
