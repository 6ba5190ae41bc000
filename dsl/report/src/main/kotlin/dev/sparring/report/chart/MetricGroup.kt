package dev.sparring.report.chart

/** The parts of a report that charts are in, in their order. */
internal enum class Part(val title: String) {
    LOSSES("Losses"),
    QUALITY("Metrics over steps"),
    SCORES("Scores and slopes"),
    DIAGNOSTICS("Gradients and weights"),
    OTHER("Further figures"),
}

/** How the columns of a group become lines. */
internal enum class Layout {
    /** A line for each member, which is the name of a column. */
    COLUMNS,

    /**
     * A chart for each extractor, FIGURE.EXTRACTOR, or one without; in it a line for each member.
     */
    EXTRACTORS,

    /**
     * A chart for each player, FIGURE.PLAYER.PATH; in it a plot for each member, and in that a line
     * for each path.
     */
    WEIGHTS,
}

/**
 * Metrics that are shown together.
 *
 * @param members names of metrics, and their labels in the chart
 * @param about an explanation, in a sentence or more
 */
internal class MetricGroup(
    val part: Part,
    val layout: Layout,
    val title: String,
    val about: String,
    val members: Map<String, String>,
    val isLog: Boolean = false,
    val reference: Double? = null,
)

/** The metrics that Sparring itself writes. Any others are shown without explanation. */
internal val METRIC_GROUPS: List<MetricGroup> =
    listOf(
        MetricGroup(
            Part.LOSSES,
            Layout.COLUMNS,
            "Losses",
            "Mean over the updates of a step.",
            mapOf("loss_d" to "discriminator", "loss_g" to "generator"),
        ),
        metric("Fréchet distance", "Lower is closer to the data.", "frechet_distance" to ""),
        metric(
            "Kernel distance",
            "Lower is closer to the data; the deviation is that over subsets.",
            "kernel_distance" to "mean",
            "kernel_distance_std" to "deviation",
        ),
        metric(
            "Inception score",
            "Higher is better; the deviation is that over splits.",
            "inception_score" to "mean",
            "inception_score_std" to "deviation",
        ),
        metric(
            "Precision and recall",
            "The share of generated samples among real ones, and of real samples among generated ones.",
            "precision" to "precision",
            "recall" to "recall",
        ),
        metric(
            "Density and coverage",
            "How close generated samples are to real ones, and the share of real ones that are covered.",
            "density" to "density",
            "coverage" to "coverage",
        ),
        metric("Modes hit", "", "modes_hit" to "", "modes" to "modes"),
        metric("High-quality samples", "The share of them.", "high_quality" to ""),
        metric(
            "Reverse KL divergence of the modes",
            "0 if the generated samples are spread over the modes as the real ones are.",
            "reverse_kl" to "all samples",
            "reverse_kl_high_quality" to "of high quality",
        ),
        metric("Classes hit", "", "classes_hit" to ""),
        metric(
            "Reverse KL divergence of the classes",
            "0 if the generated samples are spread over the classes as the real ones are.",
            "class_reverse_kl" to "",
        ),
        scores(
            "Scores of the discriminator",
            "Mean over a batch.",
            "d_real" to "real samples",
            "d_fake" to "generated samples",
            "d_real.back" to "real sources",
            "d_fake.back" to "generated sources",
        ),
        scores(
            "Accuracy of the discriminator",
            "The share of pairs of a real and a generated sample of which the real one has the " +
                "higher score: 0.5 is chance, 1 tells all apart.",
            "d_accuracy" to "samples",
            "d_accuracy.back" to "sources",
        ),
        scores(
            "Energy distance",
            "How far a generated batch is from a real one in pixels or points, whatever the " +
                "discriminator says: about 0 for equal distributions, 1 for two different points.",
            "energy_distance" to "samples",
            "energy_distance.back" to "sources",
        ),
        scores(
            "Active share of the hinge loss",
            "The share of scores that the hinge loss still moves.",
            "hinge_active_real" to "real samples",
            "hinge_active_fake" to "generated samples",
            "hinge_active_real.back" to "real sources",
            "hinge_active_fake.back" to "generated sources",
        ),
        scores(
            "Slope of the discriminator",
            "The norm of its gradient by the sample, mean over a batch; the ceiling, where all " +
                "layers have one, is the product of their norms.",
            "slope_real" to "at real samples",
            "slope_fake" to "at generated samples",
            "slope_bound" to "ceiling",
            "slope_bound.back" to "ceiling of the backward direction",
            "slope_real.back" to "at real sources",
            "slope_fake.back" to "at generated sources",
            isLog = true,
        ),
        MetricGroup(
            Part.SCORES,
            Layout.COLUMNS,
            "Diversity",
            "The mean distance of two generated samples over that of two real ones: 1 is as " +
                "different as real samples are, 0 is the same sample for every noise.",
            mapOf("diversity" to "diversity", "diversity.back" to "backward direction"),
            reference = 1.0,
        ),
        MetricGroup(
            Part.DIAGNOSTICS,
            Layout.COLUMNS,
            "Gradient norm",
            "Of a player's own loss by all its weights.",
            mapOf(
                "grad_norm.discriminator" to "discriminator",
                "grad_norm.generator" to "generator",
                "grad_norm.discriminator_back" to "discriminator_back",
                "grad_norm.generator_back" to "generator_back",
            ),
            isLog = true,
        ),
        weights(
            "Gradient norm by weight",
            "Of the player's own loss, by the raw weight and by the normalized one.",
            "grad_norm" to "by the raw weight",
            "grad_norm_normalized" to "by the normalized weight",
            isLog = true,
        ),
        weights(
            "Activations without a gradient",
            "The share of a tanh's or sigmoid's outputs near a bound, and of a ReLU's units that " +
                "are 0 in a whole batch.",
            "saturated" to "near a bound",
            "dead" to "dead units",
        ),
        weights(
            "Variance of the weights",
            "As they are used, over the variance that an initializer gives: 1 is equal.",
            "variance_lecun" to "over LeCun's",
            "variance_xavier" to "over Xavier's",
            "variance_he" to "over He's",
            isLog = true,
            reference = 1.0,
        ),
        weights(
            "Largest singular value",
            "Of the raw weight as a matrix, exactly, and of its whole convolution.",
            "sigma" to "of the matrix",
            "sigma_conv" to "of the convolution",
        ),
        weights(
            "Estimate of the largest singular value",
            "The running estimate of power iteration over the exact value.",
            "sigma_ratio" to "",
            reference = 1.0,
        ),
        weights(
            "Stable rank",
            "The squared Frobenius norm over the squared largest singular value.",
            "stable_rank" to "",
        ),
        weights("Norm of the weights", "Frobenius norm of the raw weight.", "weight_norm" to ""),
        weights(
            "Update ratio",
            // Karpathy, CS231n notes, "Ratio of weights:updates".
            "The norm of a step's change of the weight over the norm of the weight; a thousandth " +
                "is a usual size.",
            "update_ratio" to "",
            isLog = true,
            reference = 1e-3,
        ),
        MetricGroup(
            Part.OTHER,
            Layout.COLUMNS,
            "Time",
            "Seconds since training began, earlier parts of a resumed run included.",
            mapOf("seconds" to "seconds"),
        ),
    )

private fun metric(title: String, about: String, vararg members: Pair<String, String>) =
    MetricGroup(Part.QUALITY, Layout.EXTRACTORS, title, about, mapOf(*members))

private fun scores(
    title: String,
    about: String,
    vararg members: Pair<String, String>,
    isLog: Boolean = false,
) = MetricGroup(Part.SCORES, Layout.COLUMNS, title, about, mapOf(*members), isLog)

private fun weights(
    title: String,
    about: String,
    vararg members: Pair<String, String>,
    isLog: Boolean = false,
    reference: Double? = null,
) = MetricGroup(Part.DIAGNOSTICS, Layout.WEIGHTS, title, about, mapOf(*members), isLog, reference)
