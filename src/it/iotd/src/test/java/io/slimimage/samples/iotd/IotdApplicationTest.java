package io.slimimage.samples.iotd;

import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.servlet.MockMvc;

/** The whole service against the stub upstream. */
@SpringBootTest
@AutoConfigureMockMvc
class IotdApplicationTest {

  @Autowired private MockMvc service;

  @Test
  void answersWithAnImage() throws Exception {
    service
        .perform(get("/image"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.title").value("The Earth seen from the Moon"))
        .andExpect(jsonPath("$.url").value(startsWith("https://images.example/")));
  }

  @Test
  void saysThatItRuns() throws Exception {
    service.perform(get("/health")).andExpect(jsonPath("$.status").value("UP"));
  }
}
