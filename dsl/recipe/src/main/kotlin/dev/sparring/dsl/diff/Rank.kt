package dev.sparring.dsl.diff

import dev.sparring.setting.Affects

/**
 * Kinds of settings, the most consequential first. The order is a judgement about what to look at
 * first, not a measurement: data, objective, networks, initialization, optimizers and updates
 * first; then what changes a run but not its expectation; last what changes no number of the
 * training.
 */
public enum class Rank(
    /** The kind in a word. */
    public val word: String
) {
    /** What is trained on, its shape above all. */
    DATA("data"),
    /** What the two minimize. */
    LOSS("loss"),
    /** Layers, their sizes, borders and slopes, and the noise. */
    ARCHITECTURE("architecture"),
    /** Of weights and of batches, with its constants. */
    NORMALIZATION("normalization"),
    /** How weights and biases begin. */
    INITIALIZER("initializer"),
    /** Its kind, rate, decays and epsilon. */
    OPTIMIZER("optimizer"),
    /** How often each network moves in a step, in which order, and from which noise. */
    UPDATES("updates"),
    /** Dropout, weight decay, limits on gradients, and whatever is added to the loss. */
    REGULARIZER("regularizer"),
    /** Steps, batches, seed, precision, and what is done about a divergence. */
    RUN("run"),
    /** What is written and measured. */
    OUTPUT("output");

    internal companion object {
        private val PLACES =
            mapOf(
                "data" to DATA,
                "loss" to LOSS,
                "optimizer" to OPTIMIZER,
                "divergence" to RUN,
                "output" to OUTPUT,
                "evaluate" to OUTPUT,
            )
        private val NETWORKS = setOf("generator", "discriminator", "blocks")
        private val INITIALIZERS = setOf("init", "biasInit", "initByKind", "fans")

        /**
         * The rank of a setting.
         *
         * @param keys the keys that lead to it, without places in lists
         * @param layer the word of the innermost layer that it is in, or null
         * @param aspect what it says it affects, or null
         */
        fun of(keys: List<String>, layer: String?, aspect: Affects.Aspect?): Rank =
            when {
                keys.any { it in INITIALIZERS } -> INITIALIZER
                layer == "dropout" -> REGULARIZER
                "norm" in keys || layer != null && layer.contains("norm", ignoreCase = true) ->
                    NORMALIZATION
                aspect != null -> of(aspect)
                keys.first() in NETWORKS -> ARCHITECTURE
                // A setting that this list does not know is most likely that of a term.
                else -> PLACES[keys.first()] ?: REGULARIZER
            }

        private fun of(aspect: Affects.Aspect): Rank =
            when (aspect) {
                Affects.Aspect.UPDATES -> UPDATES
                Affects.Aspect.REGULARIZATION -> REGULARIZER
                Affects.Aspect.RUN -> RUN
            }
    }
}
