package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {

  @Test
  void readsParametersInAnyOrderAndForm() {
    assertThat(
            parse(
                "BEARER service=registry.example , Scope=\"repository:a/b:pull,push\",realm =\t\"https://x/\\\"y\\\"?z=1,2\""))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of(
                    "service", "registry.example",
                    "scope", "repository:a/b:pull,push",
                    "realm", "https://x/\"y\"?z=1,2")));
  }

  @Test
  void readsSeveralChallengesInOneHeaderAndInSeveral() {
    assertThat(parse("Negotiate, Basic realm=\"a, b\", bearer realm=https://x/token,service=s"))
        .extracting(Challenge::scheme)
        .containsExactly("negotiate", "basic", "bearer");
    assertThat(Challenge.parse(List.of("basic", "Bearer realm=\"r\"")))
        .containsExactly(
            new Challenge("basic", Map.of()), new Challenge("bearer", Map.of("realm", "r")));
  }

  @Test
  void stepsOverTokensOfOtherSchemes() {
    assertThat(parse("Negotiate YWJj==, Basic realm=x"))
        .containsExactly(
            new Challenge("negotiate", Map.of()), new Challenge("basic", Map.of("realm", "x")));
  }

  @Test
  void findsNothingInWhatIsNoChallenge() {
    assertThat(parse("")).isEmpty();
    assertThat(parse(" , ,\"=,")).isEmpty();
    assertThat(parse("Bearer realm=")).containsExactly(new Challenge("bearer", Map.of()));
    assertThat(parse("Bearer realm=\"unfinished\\"))
        .containsExactly(new Challenge("bearer", Map.of("realm", "unfinished\\")));
  }

  private static List<Challenge> parse(String header) {
    return Challenge.parse(List.of(header));
  }
}
