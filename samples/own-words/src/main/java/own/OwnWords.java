package own;

import dev.sparring.vocabulary.WordProvider;
import java.util.List;

/** Brings the words to texts; the file in META-INF/services names this class. */
public final class OwnWords implements WordProvider {
  @Override
  public List<Class<? extends Record>> words() {
    return List.of(Sinc.class, Centered.class, Cosine.class, Drift.class, Track.class);
  }
}
