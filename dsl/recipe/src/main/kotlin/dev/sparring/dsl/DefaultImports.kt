package dev.sparring.dsl

/** What scripts and notebooks need not import: the DSL, the records of the model, the library. */
public object DefaultImports {
    /** The packages of the model and the library. */
    public val packages: List<String> =
        listOf("augment", "data", "init", "layer", "loss", "norm", "optim", "recipe")
            // For programs.
            .plus(listOf("network", "run", "tensor", "train"))
            .map { "dev.sparring.$it" }

    /** All imports. */
    public val all: List<String> =
        listOf("dev.sparring.dsl.*") +
            packages.map { "$it.*" } +
            // For users' own words.
            listOf(
                "dev.sparring.random.RandomStream",
                "dev.sparring.setting.Defaults",
                "dev.sparring.setting.Word",
            )
}
