package dev.sparring.report

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import java.time.Duration

class NumbersSpec :
    FreeSpec({
        "numbers have four digits" {
            val expected =
                mapOf(
                    0.028571 to "0.02857",
                    12.5 to "12.5",
                    -1234.56 to "-1235",
                    100_000.0 to "100000",
                    3.2e30 to "3.2e30",
                    -1.7e-12 to "-1.7e-12",
                    1e-5 to "1e-5",
                    9.99999e5 to "1000000",
                    0.0 to "0",
                    Double.NaN to "NaN",
                    Double.NEGATIVE_INFINITY to "-∞",
                )
            expected.forEach { (number, text) -> short(number) shouldBe text }
        }

        "counts and time spans are words" {
            count(100_000) shouldBe "100,000"
            count(1, "value") shouldBe "1 value"
            count(1200, "value") shouldBe "1,200 values"
            span(Duration.ofSeconds(12)) shouldBe "12 s"
            span(Duration.ofSeconds(200)) shouldBe "3 min 20 s"
            span(Duration.ofMinutes(125)) shouldBe "2 h 05 min"
        }
    })
