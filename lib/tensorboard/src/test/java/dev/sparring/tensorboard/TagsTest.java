package dev.sparring.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagsTest {
  @ParameterizedTest
  @CsvSource({
    "loss_d, loss/d",
    "loss_g, loss/g",
    "d_real, d/real",
    "hinge_active_fake, hinge_active/fake",
    "diversity, diversity",
    "high_quality, high_quality",
    "scaled_real_share, scaled_real_share",
    "grad_norm.discriminator, grad_norm/discriminator",
    "grad_norm.discriminator.0.weight, grad_norm/discriminator.0.weight",
    "frechet_distance.inception_d, frechet_distance/inception_d",
  })
  void whatIsComparedIsInOneSection(String figure, String tag) {
    assertEquals(tag, Tags.of(figure));
  }

  @Test
  void figuresKeepTheirOrderAndValues() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss_g", 1.0);
    figures.put("diversity", 2.0);
    figures.put("a.b", 3.0);
    assertEquals("{loss/g=1.0, diversity=2.0, a/b=3.0}", Tags.of(figures).toString());
    assertEquals(List.of("loss/g", "diversity", "a/b"), List.copyOf(Tags.of(figures).keySet()));
  }
}
