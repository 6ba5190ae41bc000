package dev.sparring.cli.autopsy.change

import dev.sparring.cli.autopsy.change.LowerRate.Player
import dev.sparring.norm.Bssn
import dev.sparring.norm.Power
import dev.sparring.norm.Sn

/** The changes that an autopsy tries. */
internal object Changes {
    /**
     * All of them.
     *
     * @param seeds how many other seeds are tried
     */
    fun all(seeds: Int): List<Change> =
        (1..seeds).map(::OtherSeed) +
            listOf(
                LowerRate(Player.G, 2),
                LowerRate(Player.G, 4),
                LowerRate(Player.D, 2),
                LowerRate(Player.D, 4),
                SpectralNorm(Sn.sn().power(WARM), "Miyato et al., arXiv:1802.05957"),
                SpectralNorm(
                    Bssn.bssn(USUAL_SCALE).power(WARM),
                    "Lin, Sekar and Fanti, arXiv:2009.02773",
                ),
                GradientPenaltyR1,
                LowerBeta1,
                MoreUpdatesOfD,
                ClippedGradients,
                AverageOfD,
            )

    /** That of the sample recipes. */
    private const val USUAL_SCALE = 1.4

    /** The weights are trained already, so a first estimate of their norm has to be good. */
    private val WARM = Power.power().warmup(15)
}
