package dev.sparring.cli.latent

import dev.sparring.cli.BadInput

/**
 * The noise of a sample, as an option names it: `SEED:N` is that of the N-th sample, from 0, which
 * `sample --seed SEED` draws; `SEED` its first one, `:N` one of the run's seed.
 *
 * @param seed null for the run's
 */
internal class Draw private constructor(private val seed: Long?, val index: Int) {
    fun seed(ofRun: Long): Long = seed ?: ofRun

    /** Such as 42:1. */
    fun name(ofRun: Long): String = "${seed(ofRun)}:$index"

    companion object {
        const val LABEL = "SEED[:N]|:N"

        /** A million samples are drawn one after the other to look for a good one, not more. */
        private const val MOST = 999_999

        fun of(option: String, text: String): Draw {
            val seed = text.substringBefore(':')
            val index = if (':' in text) text.substringAfter(':').toIntOrNull() else 0
            val number = seed.toLongOrNull()
            if (seed.isNotEmpty() && number == null || index == null || text.isEmpty()) {
                throw BadInput(
                    "$option: '$text' is no draw; expected a seed such as 7, one of its samples " +
                        "such as 7:12, or one of the run's seed such as :12"
                )
            }
            if (index !in 0..MOST) {
                throw BadInput("$option: the number of a draw must be 0 to $MOST, got $index")
            }
            return Draw(number, index)
        }
    }
}
