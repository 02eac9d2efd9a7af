package io.slimimage.samples.iotd;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.client.ResourceAccessException;

class ImageControllerTest {

  @Test
  void answersBadGatewayWhenTheUpstreamDoesNotAnswer() throws Exception {
    ImageSource silent =
        day -> {
          throw new ResourceAccessException("connection refused");
        };
    ImageController controller =
        new ImageController(new ImageOfTheDay(silent, Clock.systemUTC()));
    MockMvc service = MockMvcBuilders.standaloneSetup(controller).build();

    service.perform(get("/image")).andExpect(status().isBadGateway());
  }
}
