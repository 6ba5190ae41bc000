package dev.sparring.report.fragment

import dev.sparring.plan.GamePlan
import dev.sparring.report.run.RunReport
import dev.sparring.run.RunDirectory
import kotlinx.html.FlowContent
import kotlinx.html.div
import kotlinx.html.stream.createHTML
import kotlinx.html.style
import kotlinx.html.unsafe

/**
 * Parts of reports for pages that are not Sparring's, such as notebooks: each is one element of
 * HTML with its own style, which changes nothing else on the page, loads nothing and needs no
 * script.
 */
public object Fragments {
    /**
     * A recipe as `sparring check` shows it: shapes, parameters, initializers, normalizations and
     * what its convention decides.
     *
     * @param warnings a line each, shown above the tables
     */
    @JvmStatic
    @JvmOverloads
    public fun recipe(plan: GamePlan, warnings: List<String> = emptyList()): String = fragment {
        recipe(plan, warnings)
    }

    /**
     * The head of a run's report, finished or not: its state, findings, losses, metrics, the latest
     * samples, and key facts.
     *
     * @param pictures how many pictures of samples are shown, evenly spaced; of one, the last
     * @throws dev.sparring.run.RunException if a file is damaged
     */
    @JvmStatic
    @JvmOverloads
    public fun run(run: RunDirectory, pictures: Int = 4): String {
        require(pictures >= 0) { "pictures: expected a number from 0 on, got $pictures" }
        val report = RunReport.of(run, pictures)
        return fragment { head(report, run) }
    }

    private fun fragment(body: FlowContent.() -> Unit): String =
        createHTML(prettyPrint = false).div(FRAGMENT) {
            style { unsafe { +FragmentStyle.text } }
            body()
        }
}
