// SPDX-License-Identifier: Apache-2.0
#pragma once
// The data behind provider_variables.h, and for that file alone: which environment variables OpenClaw 2026.9.6 reads
// for a provider, best first, its official plugins counted in. Providers that it has dropped keep what the last
// version that knew them read. Names that hold no secret (a region, an application id) are left out.

#include <array>
#include <string_view>

namespace vault {

struct VariableRow {
  std::string_view provider;              // its key: trimmed, lower case
  std::array<std::string_view, 3> names;  // those behind the last are empty
  std::size_t key_at = 0;                 // the name under which an API key is written
};

// Where providers share a variable, the one it belongs to stands further up.
inline constexpr VariableRow kVariableTable[] = {
    {"alibaba", {"MODELSTUDIO_API_KEY", "DASHSCOPE_API_KEY", "QWEN_API_KEY"}},
    {"amazon-bedrock", {"AWS_BEARER_TOKEN_BEDROCK"}},
    {"anthropic", {"ANTHROPIC_OAUTH_TOKEN", "ANTHROPIC_API_KEY"}, 1},
    {"arcee", {"ARCEEAI_API_KEY"}},
    {"azure-speech", {"AZURE_SPEECH_KEY", "AZURE_SPEECH_API_KEY", "SPEECH_KEY"}},
    {"baseten", {"BASETEN_API_KEY"}},
    {"brave", {"BRAVE_API_KEY"}},
    {"byteplus", {"BYTEPLUS_API_KEY"}},
    {"cerebras", {"CEREBRAS_API_KEY"}},
    {"chutes", {"CHUTES_API_KEY", "CHUTES_OAUTH_TOKEN"}},
    {"clawrouter", {"CLAWROUTER_API_KEY"}},
    {"cloudflare-ai-gateway", {"CLOUDFLARE_AI_GATEWAY_API_KEY"}},
    {"comfy", {"COMFY_API_KEY", "COMFY_CLOUD_API_KEY"}},
    {"deepgram", {"DEEPGRAM_API_KEY"}},
    {"deepinfra", {"DEEPINFRA_API_KEY"}},
    {"deepseek", {"DEEPSEEK_API_KEY"}},
    {"elevenlabs", {"ELEVENLABS_API_KEY", "XI_API_KEY"}},
    {"exa", {"EXA_API_KEY"}},
    {"fal", {"FAL_KEY", "FAL_API_KEY"}},
    {"featherless", {"FEATHERLESS_API_KEY"}},
    {"firecrawl", {"FIRECRAWL_API_KEY"}},
    {"fireworks", {"FIREWORKS_API_KEY"}},
    {"github-copilot", {"COPILOT_GITHUB_TOKEN"}},
    {"google", {"GEMINI_API_KEY", "GOOGLE_API_KEY"}},
    {"google-vertex", {"GOOGLE_CLOUD_API_KEY"}},
    {"gradium", {"GRADIUM_API_KEY"}},
    {"groq", {"GROQ_API_KEY"}},
    {"huggingface", {"HUGGINGFACE_HUB_TOKEN", "HF_TOKEN"}},
    {"inworld", {"INWORLD_API_KEY"}},
    {"kilocode", {"KILOCODE_API_KEY"}},
    {"kimi", {"KIMI_API_KEY", "KIMICODE_API_KEY", "MOONSHOT_API_KEY"}},
    {"litellm", {"LITELLM_API_KEY"}},
    {"lmstudio", {"LM_API_TOKEN"}},
    {"longcat", {"LONGCAT_API_KEY"}},
    {"meta", {"MODEL_API_KEY"}},
    {"microsoft-foundry", {"AZURE_OPENAI_API_KEY"}},
    {"minimax", {"MINIMAX_CODE_PLAN_KEY", "MINIMAX_CODING_API_KEY", "MINIMAX_API_KEY"}, 2},
    {"minimax-portal", {"MINIMAX_OAUTH_TOKEN", "MINIMAX_API_KEY"}, 1},
    {"mistral", {"MISTRAL_API_KEY"}},
    {"moonshot", {"MOONSHOT_API_KEY", "KIMI_API_KEY"}},
    {"novita", {"NOVITA_API_KEY"}},
    {"nvidia", {"NVIDIA_API_KEY"}},
    {"ollama", {"OLLAMA_API_KEY"}},
    {"openai", {"CODEX_API_KEY", "OPENAI_API_KEY"}, 1},
    {"opencode", {"OPENCODE_API_KEY", "OPENCODE_ZEN_API_KEY"}},
    {"openrouter", {"OPENROUTER_API_KEY"}},
    {"perplexity", {"PERPLEXITY_API_KEY", "OPENROUTER_API_KEY"}},
    {"qianfan", {"QIANFAN_API_KEY"}},
    {"qwen", {"QWEN_API_KEY", "MODELSTUDIO_API_KEY", "DASHSCOPE_API_KEY"}},
    {"qwen-dashscope", {"DASHSCOPE_API_KEY"}},
    {"qwen-portal", {"QWEN_OAUTH_TOKEN", "QWEN_PORTAL_API_KEY"}, 1},
    {"qwen-token-plan", {"QWEN_TOKEN_PLAN_API_KEY"}},
    {"radius", {"RADIUS_API_KEY"}},
    {"runway", {"RUNWAYML_API_SECRET", "RUNWAY_API_KEY"}},
    {"senseaudio", {"SENSEAUDIO_API_KEY"}},
    {"sglang", {"SGLANG_API_KEY"}},
    {"stepfun", {"STEPFUN_API_KEY"}},
    {"synthetic", {"SYNTHETIC_API_KEY"}},
    {"tavily", {"TAVILY_API_KEY"}},
    {"tencent-tokenhub", {"TOKENHUB_API_KEY"}},
    {"tencent-tokenplan", {"TOKENPLAN_API_KEY"}},
    {"together", {"TOGETHER_API_KEY"}},
    {"venice", {"VENICE_API_KEY"}},
    {"vercel-ai-gateway", {"AI_GATEWAY_API_KEY"}},
    {"vllm", {"VLLM_API_KEY"}},
    {"volcengine", {"VOLCANO_ENGINE_API_KEY"}},
    {"volcengine-tts", {"VOLCENGINE_TTS_API_KEY", "BYTEPLUS_SEED_SPEECH_API_KEY", "VOLCENGINE_TTS_TOKEN"}},
    {"voyage", {"VOYAGE_API_KEY"}},
    {"vydra", {"VYDRA_API_KEY"}},
    {"xai", {"XAI_API_KEY"}},
    {"xiaomi", {"XIAOMI_API_KEY"}},
    {"xiaomi-token-plan", {"XIAOMI_TOKEN_PLAN_API_KEY"}},
    {"zai", {"ZAI_API_KEY", "Z_AI_API_KEY"}},

    // Other names and plans of providers above, reading the same variables.
    {"anthropic-openai", {"ANTHROPIC_API_KEY"}},
    {"azure", {"AZURE_SPEECH_KEY", "AZURE_SPEECH_API_KEY", "SPEECH_KEY"}},
    {"byteplus-plan", {"BYTEPLUS_API_KEY"}},
    {"claude-cli", {"ANTHROPIC_OAUTH_TOKEN", "ANTHROPIC_API_KEY"}, 1},
    {"kimi-coding", {"KIMI_API_KEY", "KIMICODE_API_KEY"}},
    {"minimax-api", {"MINIMAX_CODE_PLAN_KEY", "MINIMAX_CODING_API_KEY", "MINIMAX_API_KEY"}, 2},
    {"minimax-api-key-cn", {"MINIMAX_CODE_PLAN_KEY", "MINIMAX_CODING_API_KEY", "MINIMAX_API_KEY"}, 2},
    {"minimax-api-lightning", {"MINIMAX_CODE_PLAN_KEY", "MINIMAX_CODING_API_KEY", "MINIMAX_API_KEY"}, 2},
    {"minimax-cloud", {"MINIMAX_CODE_PLAN_KEY", "MINIMAX_CODING_API_KEY", "MINIMAX_API_KEY"}, 2},
    {"minimax-cn", {"MINIMAX_CODE_PLAN_KEY", "MINIMAX_CODING_API_KEY", "MINIMAX_API_KEY"}, 2},
    {"minimax-portal-cn", {"MINIMAX_OAUTH_TOKEN", "MINIMAX_API_KEY"}, 1},
    {"modelstudio-api-key", {"QWEN_API_KEY", "MODELSTUDIO_API_KEY", "DASHSCOPE_API_KEY"}},
    {"modelstudio-api-key-cn", {"QWEN_API_KEY", "MODELSTUDIO_API_KEY", "DASHSCOPE_API_KEY"}},
    {"modelstudio-standard-api-key", {"QWEN_API_KEY", "MODELSTUDIO_API_KEY", "DASHSCOPE_API_KEY"}},
    {"modelstudio-standard-api-key-cn", {"QWEN_API_KEY", "MODELSTUDIO_API_KEY", "DASHSCOPE_API_KEY"}},
    {"ollama-cloud", {"OLLAMA_API_KEY"}},
    {"opencode-go", {"OPENCODE_API_KEY", "OPENCODE_ZEN_API_KEY"}},
    {"stepfun-plan", {"STEPFUN_API_KEY"}},
    {"volcengine-plan", {"VOLCANO_ENGINE_API_KEY"}},
    {"x-ai", {"XAI_API_KEY"}},
};

}  // namespace vault
